// Three browsers without a browser: yjs and y-websocket type at random, go offline and come back, and must agree at the end.
// node yjs_clients.mjs '{"address": …, "text": …, "origin": …, "cookies": […], "seed": …}' prints what each of them sees.
import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const { address, text, origin, cookies, seed } = JSON.parse(process.argv[2]);
const SIGNS = [..."abc de.👍é"];
const ROUNDS = 60;
const STORED = 100;

let state = seed;
/** Return a whole number from 0 to below `limit`, the same in each run (Park and Miller's generator). */
function chance(limit) {
  state = (state * 48271) % 2147483647;
  return state % limit;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(condition, what) {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 40000) throw new Error(`waited in vain: ${what}`);
    await pause(10);
  }
}

/** Return a WebSocket class that shows the cookie, as a browser would. */
function signedIn(cookie) {
  return class extends WebSocket {
    constructor(url, protocols) {
      super(url, { protocols, headers: { cookie, origin } });
    }
  };
}

function join(cookie) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(address, text, doc, { WebSocketPolyfill: signedIn(cookie), disableBc: true, maxBackoffTime: 100 });
  const client = { doc, provider, fragment: doc.getXmlFragment("en"), stored: 0 };
  provider.messageHandlers[STORED] = (_encoder, decoder) => {
    const clocks = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
    client.stored = clocks.get(doc.clientID) ?? 0;
  };
  provider.awareness.setLocalStateField("user", { name: "whoever I like" });
  return client;
}

/** Do one thing that a person would: a new paragraph, some letters, or taking some away (never half an emoji). */
function act({ doc, fragment }) {
  doc.transact(() => {
    const paragraphs = fragment.toArray();
    if (paragraphs.length === 0 || chance(12) === 0) {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText("new")]);
      fragment.insert(chance(paragraphs.length + 1), [paragraph]);
    } else if (paragraphs.length > 3 && chance(20) === 0) {
      fragment.delete(chance(paragraphs.length), 1);
    } else {
      edit(paragraphs[chance(paragraphs.length)].get(0));
    }
  });
}

function edit(words) {
  const signs = [...words.toString()];
  const at = chance(signs.length + 1);
  const offset = signs.slice(0, at).join("").length;
  if (chance(4) === 0 && at < signs.length) {
    words.delete(offset, signs[at].length);
  } else {
    words.insert(offset, Array.from({ length: 1 + chance(4) }, () => SIGNS[chance(SIGNS.length)]).join(""));
  }
}

const clients = cookies.map(join);
await until(() => clients.every(({ provider }) => provider.synced), "the first synchronisation");
for (let round = 0; round < ROUNDS; round++) {
  for (const client of clients) {
    act(client);
    if (chance(15) === 0) client.provider.disconnect();
    else if (!client.provider.shouldConnect && chance(3) === 0) client.provider.connect();
  }
  await pause(chance(12));
}
for (const { provider } of clients) provider.connect();
await until(() => clients.every(({ provider }) => provider.synced), "the last synchronisation");
await until(
  () => clients.every(({ fragment }) => fragment.toString() === clients[0].fragment.toString()),
  "agreement",
);
await until(
  () => clients.every(({ doc, stored }) => stored === Y.getState(doc.store, doc.clientID)),
  "word that everything is stored",
);
// Everybody moves: a caret that was lost with a connection is else sent anew after 15 s.
for (const { provider } of clients) provider.awareness.setLocalStateField("cursor", null);
await until(() => clients.every(({ provider }) => provider.awareness.getStates().size === clients.length), "the carets");
const others = clients[0].provider.awareness.getStates();
others.delete(clients[0].doc.clientID);
console.log(
  JSON.stringify({
    seen: clients.map(({ fragment }) => fragment.toString()),
    names: [...others.values()].map(({ user }) => user.name).sort(),
  }),
);
process.exit(0);
