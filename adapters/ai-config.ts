// The settings of the model that writes texts: Azure OpenAI with a managed identity, any endpoint that
// speaks its protocol, or none.
import { isLoopback } from './loopback.ts';

/** The settings by name, as `local.settings.example.json` lists them. */
export const AI_SETTING_NAMES = [
  'ARREARS_AI_ENDPOINT',
  'ARREARS_AI_DEPLOYMENT',
  'ARREARS_AI_API_VERSION',
  'ARREARS_AI_CLIENT_ID',
  'ARREARS_AI_BASE_URL',
  'ARREARS_AI_MODEL',
  'ARREARS_AI_API_KEY',
] as const;

/** A version of Azure OpenAI's API that knows structured outputs, and that stays. */
const API_VERSION = '2024-10-21';
/** What the library sends where an endpoint asks for no key. */
const NO_KEY = 'none';

/** The model that writes texts, and how it is reached. */
export type AiConfig =
  | {
      readonly kind: 'azure';
      /** Of the Azure OpenAI resource. */
      readonly endpoint: string;
      /** The name of the deployment. */
      readonly model: string;
      readonly apiVersion: string;
      /** Of a user-assigned identity; null takes the one the platform offers. */
      readonly clientId: string | null;
    }
  | {
      readonly kind: 'compatible';
      readonly baseUrl: string;
      readonly model: string;
      /** A key of nothing, where an endpoint on this machine asks for none. */
      readonly apiKey: string;
    };

/** The model of the settings; null where none is set. Adds what is wrong to the problems. */
export function readAi(
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): AiConfig | null {
  const setting = (name: (typeof AI_SETTING_NAMES)[number]) => environment[name] ?? '';
  const said = AI_SETTING_NAMES.filter((name) => setting(name) !== '');
  if (said.length === 0) return null;
  const missing = (name: (typeof AI_SETTING_NAMES)[number]) => {
    if (setting(name) === '') problems.push(`set ${name}, or no ARREARS_AI setting at all`);
  };
  const [endpoint, baseUrl] = [setting('ARREARS_AI_ENDPOINT'), setting('ARREARS_AI_BASE_URL')];
  if (endpoint !== '' && baseUrl !== '') {
    problems.push('set ARREARS_AI_ENDPOINT or ARREARS_AI_BASE_URL, not both');
  }
  if (endpoint !== '') {
    checkAddress('ARREARS_AI_ENDPOINT', endpoint, problems);
    missing('ARREARS_AI_DEPLOYMENT');
    if (setting('ARREARS_AI_API_KEY') !== '') {
      problems.push('unset ARREARS_AI_API_KEY: Azure OpenAI is reached with an identity');
    }
    return {
      kind: 'azure',
      endpoint,
      model: setting('ARREARS_AI_DEPLOYMENT'),
      apiVersion: setting('ARREARS_AI_API_VERSION') || API_VERSION,
      clientId: setting('ARREARS_AI_CLIENT_ID') || null,
    };
  }
  if (baseUrl === '') {
    problems.push(
      'set ARREARS_AI_ENDPOINT or ARREARS_AI_BASE_URL, or no ARREARS_AI setting at all',
    );
    return null;
  }
  checkAddress('ARREARS_AI_BASE_URL', baseUrl, problems);
  missing('ARREARS_AI_MODEL');
  if (!isLoopback(baseUrl)) missing('ARREARS_AI_API_KEY');
  const apiKey = setting('ARREARS_AI_API_KEY') || NO_KEY;
  return { kind: 'compatible', baseUrl, model: setting('ARREARS_AI_MODEL'), apiKey };
}

/** Figures and keys travel by https, but on this machine. */
function checkAddress(name: string, address: string, problems: string[]): void {
  const protocol = URL.parse(address)?.protocol;
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(address))) return;
  problems.push(`${name} is not an https address; http is for addresses of this machine only`);
}
