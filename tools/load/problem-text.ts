// Says in one line why the server did not take a request. Never shows what was sent.
import { z } from 'zod';

const problem = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  traceId: z.string().optional(),
});

/** The text of an answer that is not a 202: its problem (RFC 9457), else only its status. */
export function problemText(status: number, body: unknown): string {
  const decoded = problem.safeParse(body);
  if (!decoded.success) return `HTTP ${status}`;
  const { type, title, detail, traceId } = decoded.data;
  const sentence = [title, detail].filter((part) => part !== undefined).join(': ');
  const marks = [type, traceId === undefined ? undefined : `trace ${traceId}`]
    .filter((part) => part !== undefined)
    .join(', ');
  return [`HTTP ${status}`, sentence, marks === '' ? '' : `(${marks})`]
    .filter((part) => part !== '')
    .join(' ');
}
