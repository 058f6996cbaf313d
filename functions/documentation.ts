// The description of this API over HTTP (SPEC §4): the OpenAPI document, and the page that shows it
// to people. The files stand beside the bundle and are read when first asked for.
import { conditionalOnContent } from './conditional-read.ts';
import type { App } from './composition.ts';
import type { Answer, ApiHandler, ApiRequest } from './http.ts';

/** The files, each with its media type. `tools/build.ts` puts them there. */
export const DOCUMENT = 'openapi.json';
export const PAGE = 'index.html';
const PAGE_FILES: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['show-api.js', 'text/javascript; charset=utf-8'],
]);

/** The page runs the app's own scripts and calls the app, nothing else; its icons are data. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /api/openapi.json`. */
export const getOpenApiDocument: ApiHandler = (request, app) =>
  file(request, app, DOCUMENT, { 'content-type': 'application/json' });

/** `GET /api/docs`. */
export const getDocumentationPage: ApiHandler = (request, app) =>
  file(request, app, PAGE, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
  });

/** `GET /api/docs/{file}`: what the page loads. */
export const getDocumentationFile: ApiHandler = async (request, app) => {
  const name = request.params['file'] ?? '';
  const mediaType = PAGE_FILES.get(name);
  if (mediaType === undefined) return { problem: { kind: 'page-not-found' } };
  return file(request, app, name, { 'content-type': mediaType });
};

async function file(
  request: ApiRequest,
  app: App,
  name: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const text = await app.documentation(name);
  const always = { ...headers, 'x-content-type-options': 'nosniff' };
  return conditionalOnContent(request, app, { status: 200, text, headers: always });
}
