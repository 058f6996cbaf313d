// The $cbs node: clients put a token for every link they open.
// Every token is accepted: the local broker listens on loopback and keeps no secrets.
import rhea from 'rhea';
import type { EventContext, Receiver } from 'rhea';
import { decodeRequest, sendReply } from './request-reply.ts';

const ACCEPTED = 202;

/** Answers every put-token request on a granted link. */
export function answerTokens(receiver: Receiver): void {
  receiver.on('message', ({ message, delivery, connection }: EventContext) => {
    const request = decodeRequest(message);
    delivery?.accept();
    sendReply(connection, request, {
      'status-code': rhea.types.wrap_int(ACCEPTED),
      'status-description': 'Accepted',
    });
  });
}
