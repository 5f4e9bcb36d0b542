/** Saves a file the way a page can: the browser or the shell asks where, or puts it into the downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the download reads the blob after the click has returned
}

const FLUSH_CHARACTERS = 4 * 2 ** 20;

/** A long text on its way into a file. What has been added lies in the browser's blob store, which may be on disk. */
export class BlobText {
  #parts: Blob[] = [];
  #pending: string[] = [];
  #characters = 0;

  add(text: string): void {
    this.#pending.push(text);
    this.#characters += text.length;
    if (this.#characters >= FLUSH_CHARACTERS) this.#flush();
  }

  blob(type: string): Blob {
    this.#flush();
    return new Blob(this.#parts, { type });
  }

  #flush(): void {
    this.#parts.push(new Blob(this.#pending));
    this.#pending = [];
    this.#characters = 0;
  }
}

/** Of a larger file no digest is taken: the browser wants all of it in memory for that. */
const MOST_DIGESTED = 512 * 2 ** 20;

/** SHA-256 in lower-case hex; undefined for what is too large. */
export async function digestOf(blob: Blob): Promise<string | undefined> {
  if (blob.size > MOST_DIGESTED) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
