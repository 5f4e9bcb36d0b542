import { DoppelError, messageOf } from '../../shared/errors';

/** A failure of the file system as an error that names the file and what to do. */
export function fileError(error: unknown, name: string): DoppelError {
  if (error instanceof DoppelError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DoppelError('file-missing', `${name} is not there. Check the path.`, options);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new DoppelError('file-unreadable', `${name} may not be read. Check its permissions.`, options);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DoppelError(
      'disk-full',
      `The disk is full while ${name} is read. Free some space and try again.`,
      options,
    );
  }
  return new DoppelError('file-unreadable', `${name} cannot be read: ${messageOf(error)}`, options);
}
