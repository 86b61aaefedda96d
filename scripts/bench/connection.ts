import { once } from "node:events";
import { connect } from "node:net";

const headEnd = "\r\n\r\n";
const lastChunk = "0\r\n\r\n";

export interface Post {
  readonly path: string;
  readonly media: string;
  readonly body: string;
  readonly key: string;
}

/** `body`: as it came, chunk sizes included. */
export interface PostAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One kept-alive HTTP/1.1 connection that posts one thing at a time. By hand, since Node's own client would take as much of the
 * processor as the server that is measured.
 */
export interface Connection {
  /** Rejects when the connection is lost; it is of no use afterwards. */
  post(post: Post): Promise<PostAnswer>;
  close(): void;
}

/** Connects to the server of `url`. */
export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  let answer: PromiseWithResolvers<PostAnswer> | null = null;
  let received = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    received += text;
    const whole = wholeAnswer(received);
    if (whole === null) return;
    received = "";
    answer?.resolve(whole);
  });
  const lose = (): void => answer?.reject(new Error(`${host} closed the connection`));
  socket.on("error", lose).on("close", lose);
  return {
    post({ path, media, body, key }) {
      answer = Promise.withResolvers<PostAnswer>();
      const length = Buffer.byteLength(body);
      const head = [
        `POST ${path} HTTP/1.1`,
        `Host: ${host}`,
        `Authorization: Bearer ${key}`,
        `Content-Type: ${media}`,
        `Content-Length: ${String(length)}`,
      ];
      socket.write(`${head.join("\r\n")}${headEnd}${body}`);
      return answer.promise;
    },
    close() {
      answer = null;
      socket.destroy();
    },
  };
}

/** An answer of which the last byte has come; null before. */
export function wholeAnswer(received: string): PostAnswer | null {
  const end = received.indexOf(headEnd);
  if (end < 0) return null;
  const head = received.slice(0, end);
  const body = received.slice(end + headEnd.length);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined ? !body.endsWith(lastChunk) : body.length < Number(length)) return null;
  return { status: Number(head.slice(9, 12)), body };
}
