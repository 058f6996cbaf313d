// One invocation of a function, through the library and its hooks, in the order of the worker.
import { randomUUID } from 'node:crypto';
import type {
  CoreInvocationContext,
  InvocationRequest,
  LoadedApp,
  Log,
  Registration,
  TraceContext,
  TypedData,
} from './core-module.ts';
import { traceContextOf } from './trace-context.ts';

/** What a trigger hands to a function. */
export type TriggerData = {
  readonly data: TypedData;
  readonly metadata: Readonly<Record<string, TypedData>>;
  /** The caller's trace, if it sent one. */
  readonly trace?: Partial<TraceContext>;
};

/** Failed means that the function threw; what it threw was logged. */
export type InvocationResult =
  | { readonly kind: 'succeeded'; readonly returnValue: TypedData | null }
  | { readonly kind: 'failed' };

/** Runs a function once. Never throws: a failing function is a result. */
export async function invoke(
  app: LoadedApp,
  { metadata, callback }: Registration,
  trigger: TriggerData,
  log: Log,
): Promise<InvocationResult> {
  const request = requestOf(metadata.bindings, trigger);
  let invocationContext: unknown = undefined;
  const context: CoreInvocationContext = {
    invocationId: request.invocationId,
    request,
    metadata,
    log(level, category, message) {
      const told = { level, category, message, invocationContext };
      for (const hook of app.hooksOf('log')) hook(told);
      log(told.level, `${metadata.name}: ${told.message}`);
    },
  };
  try {
    const model = app.model.getInvocationModel(context);
    const made = await model.getArguments();
    const { inputs } = made;
    invocationContext = made.context;
    const hookData = {};
    const before = { hookData, invocationContext, functionCallback: callback, inputs };
    context.state = 'preInvocationHooks';
    for (const hook of app.hooksOf('preInvocation')) await hook(before);
    context.state = 'invocation';
    const after = await outcomeOf(() =>
      model.invokeFunction(invocationContext, before.inputs, before.functionCallback),
    );
    const ended = { hookData, invocationContext, inputs: before.inputs, ...after };
    context.state = 'postInvocationHooks';
    for (const hook of app.hooksOf('postInvocation')) await hook(ended);
    // As in the worker, throwing undefined counts as no error.
    if (ended.error !== undefined && ended.error !== null) throw ended.error;
    const { returnValue } = await model.getResponse(invocationContext, ended.result);
    return { kind: 'succeeded', returnValue: returnValue ?? null };
  } catch (error) {
    log('error', `${metadata.name} failed: ${textOf(error)}`);
    return { kind: 'failed' };
  }
}

type Outcome = { readonly result: unknown; readonly error: unknown };

async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { result: await run(), error: undefined };
  } catch (error) {
    return { result: undefined, error };
  }
}

function requestOf(
  bindings: Registration['metadata']['bindings'],
  { data, metadata, trace = {} }: TriggerData,
): InvocationRequest {
  const name = Object.keys(bindings).find((key) => bindings[key]?.type.endsWith('Trigger'));
  return {
    invocationId: randomUUID(),
    inputData: [{ name: name ?? '', data }],
    triggerMetadata: metadata,
    traceContext: { ...traceContextOf(trace), attributes: {} },
  };
}

/** An error as the host logs it. */
export function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
