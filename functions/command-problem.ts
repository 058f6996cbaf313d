// What can be wrong with a command, and what is told of it: the problems of `problem.ts` that belong
// to commands (SPEC §5).
import type { Refusal } from '../domain/commands/refusal.ts';

/** Each with the text a person acts on. */
export type CommandProblem =
  | {
      readonly kind: 'body-invalid';
      readonly code: string;
      readonly pointer: string;
      readonly detail: string;
    }
  | ({ readonly kind: 'command-refused' } & Refusal)
  | { readonly kind: 'command-not-found' }
  | { readonly kind: 'command-not-the-erps' }
  | { readonly kind: 'command-running' }
  | { readonly kind: 'idempotency-key-missing' }
  | { readonly kind: 'idempotency-key-reused' };

const KINDS: readonly CommandProblem['kind'][] = [
  'body-invalid',
  'command-refused',
  'command-not-found',
  'command-not-the-erps',
  'command-running',
  'idempotency-key-missing',
  'idempotency-key-reused',
];

/** Whether a problem is one of these. */
export function isCommandProblem(problem: { readonly kind: string }): problem is CommandProblem {
  return KINDS.some((kind) => kind === problem.kind);
}

type Described = {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly code?: string;
  readonly rule?: string;
  readonly pointer?: string;
};

/** The status and the texts of a problem. */
export function describeCommandProblem(problem: CommandProblem): Described {
  switch (problem.kind) {
    case 'body-invalid': {
      const { code, pointer, detail } = problem;
      return { status: 400, title: 'The body is not valid', detail, code, pointer };
    }
    case 'command-refused': {
      const { rule, pointer, detail } = problem;
      return { status: 422, title: 'The command breaks a rule', detail, rule, pointer };
    }
    case 'command-not-found':
      return { status: 404, title: 'There is no such command' };
    case 'command-not-the-erps': {
      const detail = 'Collections data is changed here; no outcome is told of such a command.';
      return { status: 409, title: 'The command is not the ERP’s', detail };
    }
    case 'command-running': {
      const detail = 'The same request is being worked on: send it again in a moment.';
      return { status: 409, title: 'The same command is running', detail };
    }
    case 'idempotency-key-missing': {
      const detail = 'Send a key of your own making, the same when you send the request again.';
      return { status: 400, title: 'A command needs an Idempotency-Key', detail };
    }
    case 'idempotency-key-reused': {
      const detail = 'Another request had this key: a new command needs a new one.';
      return { status: 422, title: 'The Idempotency-Key was used before', detail };
    }
  }
}
