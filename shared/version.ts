import manifest from '../package.json';

/** Doppel's own version, as in package.json. */
export const VERSION: string = manifest.version;
