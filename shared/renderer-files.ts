/** What both shells must agree on when they hand the built renderer to a browser window. */

/** Same-origin only, nothing inline. `connect-src 'self'` covers the WebSocket to the own host and port. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/** By the file's extension. */
export function contentType(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  return (Object.hasOwn(CONTENT_TYPES, extension) ? CONTENT_TYPES[extension] : undefined) ?? 'application/octet-stream';
}

/**
 * The file of the renderer's folder that a URL path asks for, as path segments. Undefined for a path that is not made
 * of plain names: no `..`, no separator or drive hidden in an escape, no dot file.
 */
export function rendererFile(pathname: string): string[] | undefined {
  if (pathname === '/') return ['index.html'];
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const [root, ...segments] = decoded.split('/');
  const plain = segments.length > 0 && segments.every((segment) => /^[\w-][\w.-]*$/.test(segment));
  return root === '' && plain ? segments : undefined;
}
