import { createHash } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** The text of a masked frame shorter than 64 KiB, or null for any other kind. */
function textOf(frame: Buffer): string | null {
  if ((frame[0]! & 0x0f) !== 1) return null;
  const short = frame[1]! & 0x7f;
  const start = short === 126 ? 4 : 2;
  const length = short === 126 ? frame.readUInt16BE(2) : short;
  const mask = frame.subarray(start, start + 4);
  const data = Buffer.from(frame.subarray(start + 4, start + 4 + length));
  for (let i = 0; i < data.length; i++) data[i]! ^= mask[i % 4]!;
  return data.toString("utf8");
}

function frame(opcode: number, data: Buffer): Buffer {
  const head = data.length < 126 ? Buffer.from([0x80 | opcode, data.length]) : Buffer.from([0x80 | opcode, 126, data.length >> 8, data.length & 255]);
  return Buffer.concat([head, data]);
}

/** Answers WebSockets with what they say, once more; closes with 4001 on "close". */
export function echoWebSockets(server: Server): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.on("data", (bytes: Buffer) => {
      const text = textOf(bytes);
      if (text === "close") socket.end(frame(8, Buffer.concat([Buffer.from([4001 >> 8, 4001 & 255]), Buffer.from("done")])));
      else if (text !== null) socket.write(frame(1, Buffer.from(text)));
    });
    socket.on("end", () => socket.end()); // the server keeps its half open otherwise, and never closes
    socket.on("error", () => socket.destroy());
  });
}
