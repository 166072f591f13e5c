/** A text server in the tests' memory: it keeps one document, and acknowledges when the test says so. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

const [SYNC, STEP_1, STEP_2, UPDATE, STORED] = [0, 0, 1, 2, 100];

/** Stands for the browser's WebSocket; put it in its place with `vi.stubGlobal`. */
export class LineToServer {
  static server: TextServer;
  readonly OPEN = 1;
  readyState = 0;
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    const { server } = LineToServer;
    queueMicrotask(() => {
      server.connect(this);
    });
  }

  send(data: Uint8Array): void {
    LineToServer.server.receive(this, data);
  }

  close(): void {
    this.readyState = 3;
  }
}

function message(...parts: readonly (number | Uint8Array)[]): { data: Uint8Array } {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return { data: encoding.toUint8Array(encoder) };
}

export class TextServer {
  readonly doc = new Y.Doc();
  isUp = true;
  /** Receives nothing, as when the line breaks after sending. */
  isDeaf = false;
  /** Closes new connections with this code. */
  refuses: number | null = null;
  /** How many connections were asked for. */
  calls = 0;
  lines: LineToServer[] = [];
  /** Document messages of the newest connection. */
  received = 0;

  connect(line: LineToServer): void {
    this.calls += 1;
    if (!this.isUp || this.refuses !== null) {
      line.onclose?.({ code: this.refuses ?? 1006, reason: "" });
      return;
    }
    this.lines.push(line);
    this.received = 0;
    line.readyState = 1;
    line.onopen?.();
    line.onmessage?.(message(SYNC, STEP_1, Y.encodeStateVector(this.doc)));
  }

  receive(line: LineToServer, data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    if (this.isDeaf) return;
    if (decoding.readVarUint(decoder) !== SYNC) return;
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === STEP_1) {
      line.onmessage?.(message(SYNC, STEP_2, Y.encodeStateAsUpdate(this.doc, body)));
      return;
    }
    this.received += 1;
    Y.applyUpdate(this.doc, body);
  }

  /** Say that everything received on the newest connection is in the database. */
  acknowledge(): void {
    this.lines.at(-1)?.onmessage?.(message(STORED, Y.encodeStateVector(this.doc), this.received));
  }

  /** Somebody else writes. */
  write(change: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(this.doc);
    change(this.doc);
    const update = Y.encodeStateAsUpdate(this.doc, before);
    for (const line of this.lines) line.onmessage?.(message(SYNC, UPDATE, update));
  }

  close(code: number): void {
    const lines = this.lines;
    this.lines = [];
    for (const line of lines) line.onclose?.({ code, reason: "" });
  }
}
