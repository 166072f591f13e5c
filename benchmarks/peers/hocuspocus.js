// Hocuspocus as it comes, without persistence: node hocuspocus.js PORT
import { Server } from "@hocuspocus/server";

new Server({ port: Number(process.argv[2]), address: "127.0.0.1", quiet: true }).listen();
