/**
 * Calls, progress, cancel and events over one Channel. Written once; a transport only moves messages.
 * Nothing waits for ever: a closed channel rejects every pending call on one side and aborts it on the other.
 */
import * as v from 'valibot';
import type { Channel } from './channel';
import { events, methods } from './contract';
import type { EventData, EventName, Method, MethodDefinition, Params, ProgressOf, Result } from './contract';
import { DoppelError, isErrorCode, messageOf } from './errors';

const Envelope = v.variant('kind', [
  v.object({ kind: v.literal('call'), id: v.number(), method: v.string(), params: v.unknown() }),
  v.object({ kind: v.literal('cancel'), id: v.number() }),
  v.object({ kind: v.literal('progress'), id: v.number(), progress: v.unknown() }),
  v.object({ kind: v.literal('result'), id: v.number(), result: v.unknown() }),
  v.object({ kind: v.literal('error'), id: v.number(), code: v.string(), message: v.string() }),
  v.object({ kind: v.literal('event'), name: v.string(), data: v.unknown() }),
]);
type Envelope = v.InferOutput<typeof Envelope>;

export interface CallContext<M extends Method> {
  signal: AbortSignal;
  progress: (progress: ProgressOf<M>) => void;
}
export type Handlers = {
  [M in Method]: (params: Params<M>, context: CallContext<M>) => Promise<Result<M>> | Result<M>;
};
export interface Emitter {
  emit<E extends EventName>(name: E, data: EventData<E>): void;
}

type MethodTable = Record<string, MethodDefinition>;
export type HandlersOf<T extends MethodTable> = {
  [M in keyof T]: (params: v.InferOutput<T[M]['params']>) => Promise<v.InferOutput<T[M]['result']>>;
};

/**
 * Engine side: checks every request against its schema and never throws on bad input. A process that serves other
 * methods than the engine's gives their table. `hung` is called when a cancelled call does not end.
 */
export function serve(channel: Channel, handlers: Handlers, hung?: () => void): Emitter;
export function serve<T extends MethodTable>(channel: Channel, handlers: HandlersOf<T>, table: T): Emitter;
export function serve(
  channel: Channel,
  handlers: Record<string, unknown>,
  more: MethodTable | (() => void) = methods,
): Emitter {
  // the table by name: types lose which method has which schemas
  const [table, hung] = typeof more === 'function' ? [methods as MethodTable, more] : [more, undefined];
  const running = new Map<number, AbortController>();
  const post = (envelope: Envelope): void => channel.post(envelope);

  const answer = async (id: number, method: string, rawParams: unknown): Promise<void> => {
    const fail = (code: string, message: string): void => post({ kind: 'error', id, code, message });
    const definition = Object.hasOwn(table, method) ? table[method] : undefined;
    if (!definition) return fail('no-method', `There is no method ${method.slice(0, 60)}.`);
    const params = v.safeParse(definition.params, rawParams);
    if (!params.success) return fail('bad-params', `${method}: ${v.summarize(params.issues)}`);
    const controller = new AbortController();
    running.set(id, controller);
    try {
      // one handler of the map with the parameters of its own method: the pairing is by name, which types cannot follow
      const handler = handlers[method] as (params: unknown, context: CallContext<Method>) => unknown;
      const result = await handler(params.output, {
        signal: controller.signal,
        progress: (progress) => {
          if (!controller.signal.aborted) post({ kind: 'progress', id, progress });
        },
      });
      if (controller.signal.aborted) fail('cancelled', 'Cancelled.');
      else post({ kind: 'result', id, result });
    } catch (error) {
      if (controller.signal.aborted) fail('cancelled', 'Cancelled.');
      else fail(error instanceof DoppelError ? error.code : 'internal', messageOf(error));
    } finally {
      running.delete(id);
    }
  };

  const cancel = (id: number): void => {
    const controller = running.get(id);
    controller?.abort();
    if (controller && hung) setTimeout(() => running.get(id) === controller && hung(), HANG_MS);
  };

  channel.onClose(() => {
    for (const id of running.keys()) cancel(id);
  });
  channel.onMessage((raw) => {
    const envelope = v.safeParse(Envelope, raw);
    if (!envelope.success) return;
    const message = envelope.output;
    if (message.kind === 'cancel') cancel(message.id);
    else if (message.kind === 'call') void answer(message.id, message.method, message.params);
  });
  return { emit: (name, data) => post({ kind: 'event', name, data }) };
}

/** A cancelled call that has not ended after so long never will. */
const HANG_MS = 3000;

interface CallOptions<M extends Method> {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ProgressOf<M>) => void) | undefined;
}
/** A client of a process that serves other methods than the engine's, such as the keeper of a case. */
export interface ClientOf<T extends MethodTable> {
  call<M extends keyof T & string>(
    method: M,
    params: v.InferOutput<T[M]['params']>,
  ): Promise<v.InferOutput<T[M]['result']>>;
  /** Returns the function that unsubscribes. */
  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void;
  onClose(listener: (reason: string) => void): void;
  close(): void;
}
export interface Client {
  /** Rejects with a DoppelError: its code is the engine's, `cancelled`, or `disconnected`. */
  call<M extends Method>(method: M, params: Params<M>, options?: CallOptions<M>): Promise<Result<M>>;
  /** Returns the function that unsubscribes. */
  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void;
  /** Called once, when the channel is gone. */
  onClose(listener: (reason: string) => void): void;
  close(): void;
}

interface Pending {
  method: Method;
  resolve(result: unknown): void;
  reject(error: DoppelError): void;
  progress(progress: unknown): void;
}

interface ConnectOptions {
  /** Also validates what is answered: on in tests. */
  check?: boolean;
}

/** Caller's side, of a process that serves the methods of `table`. */
export function connectTo<T extends MethodTable>(
  channel: Channel,
  table: T,
  options: ConnectOptions = {},
): ClientOf<T> {
  // the same calls by other names: what is sent and checked is looked up in the table by name, which types cannot follow
  return connect(channel, options, table) as unknown as ClientOf<T>;
}

/** Caller's side, of the engine. */
export function connect(
  channel: Channel,
  { check = false }: ConnectOptions = {},
  table: MethodTable = methods,
): Client {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  const closeListeners: ((reason: string) => void)[] = [];
  let nextId = 1;
  let closed: string | undefined;

  channel.onClose((reason) => {
    closed = reason;
    for (const call of pending.values()) call.reject(new DoppelError('disconnected', reason));
    pending.clear();
    for (const listener of closeListeners) listener(reason);
  });
  channel.onMessage((raw) => {
    const envelope = v.safeParse(Envelope, raw);
    if (!envelope.success) return;
    const message = envelope.output;
    if (message.kind === 'event') return deliver(message.name, message.data);
    if (message.kind === 'call' || message.kind === 'cancel') return;
    const call = pending.get(message.id);
    if (!call) return;
    if (message.kind === 'progress') return call.progress(message.progress);
    pending.delete(message.id);
    if (message.kind === 'error') {
      const code = isErrorCode(message.code) ? message.code : 'internal';
      return call.reject(new DoppelError(code, message.message));
    }
    const expected = check ? table[call.method]?.result : undefined;
    const result = expected && v.safeParse(expected, message.result);
    if (result && !result.success) {
      return call.reject(new DoppelError('bad-result', `${call.method}: ${v.summarize(result.issues)}`));
    }
    return call.resolve(message.result);
  });

  const deliver = (name: string, data: unknown): void => {
    if (!Object.hasOwn(events, name)) return;
    for (const listener of listeners.get(name) ?? []) listener(data);
  };

  return {
    call: (method, params, { signal, onProgress } = {}) =>
      new Promise((resolve, reject) => {
        if (closed !== undefined) return reject(new DoppelError('disconnected', closed));
        if (signal?.aborted) return reject(new DoppelError('cancelled', 'Cancelled.'));
        const id = nextId++;
        const cancel = (): void => channel.post({ kind: 'cancel', id });
        signal?.addEventListener('abort', cancel, { once: true });
        const settle = (): void => signal?.removeEventListener('abort', cancel);
        pending.set(id, {
          method,
          // the engine answers with the result (and progress) of the method that was called; `check` proves it in tests
          resolve: (result) => (settle(), resolve(result as Result<typeof method>)),
          reject: (error) => (settle(), reject(error)),
          progress: (progress) => onProgress?.(progress as ProgressOf<typeof method>),
        });
        channel.post({ kind: 'call', id, method, params });
        return undefined;
      }),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const typed = listener as (data: unknown) => void; // the name fixes the type of the data
      set.add(typed);
      return () => void set.delete(typed);
    },
    onClose: (listener) => void closeListeners.push(listener),
    close: () => channel.close(),
  };
}
