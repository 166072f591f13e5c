/**
 * A WebSocket that shows what y-websocket sends, and keeps back what need not travel:
 * document messages are reported to the save ledger; a reader's are withheld (the binding repairs what its schema does not know,
 * and a reader must not send repairs); and what others' carets do is not sent back to the server that just told it.
 */
import { type DocumentMessage, EMPTY_STEP_2, awarenessClient, documentMessage } from "./protocol";

export interface SocketWatch {
  readonly mayWrite: boolean;
  /** The own client number, in the document and in awareness. */
  readonly client: number;
  documentMessageSent(kind: DocumentMessage): void;
}

type Sendable = Parameters<WebSocket["send"]>[0];

export function watchedWebSocket(watch: SocketWatch, Base: typeof WebSocket = WebSocket): typeof WebSocket {
  return class WatchedSocket extends Base {
    override send(data: Sendable): void {
      const kind = data instanceof Uint8Array ? documentMessage(data) : null;
      if (kind === null) {
        if (!(data instanceof Uint8Array) || isOurs(data, watch.client)) super.send(data);
      } else if (watch.mayWrite) {
        super.send(data);
        watch.documentMessageSent(kind);
      } else if (kind === "step2") {
        super.send(EMPTY_STEP_2);
      }
    }
  };
}

function isOurs(message: Uint8Array, client: number): boolean {
  const speaksOf = awarenessClient(message);
  return speaksOf === null || speaksOf === client;
}
