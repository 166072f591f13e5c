/**
 * A WebSocket that shows what y-websocket sends: document messages are reported to the save ledger, and a reader's are withheld
 * (the binding repairs what its schema does not know, and a reader must not send repairs).
 */
import { type DocumentMessage, EMPTY_STEP_2, documentMessage } from "./protocol";

export interface SocketWatch {
  readonly mayWrite: boolean;
  documentMessageSent(kind: DocumentMessage): void;
}

type Sendable = Parameters<WebSocket["send"]>[0];

export function watchedWebSocket(watch: SocketWatch, Base: typeof WebSocket = WebSocket): typeof WebSocket {
  return class WatchedSocket extends Base {
    override send(data: Sendable): void {
      const kind = data instanceof Uint8Array ? documentMessage(data) : null;
      if (kind === null) {
        super.send(data);
      } else if (watch.mayWrite) {
        super.send(data);
        watch.documentMessageSent(kind);
      } else if (kind === "step2") {
        super.send(EMPTY_STEP_2);
      }
    }
  };
}
