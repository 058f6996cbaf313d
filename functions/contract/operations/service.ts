// The operations about the service itself.
import * as z from 'zod';
import { health } from '../answers/health-schema.ts';
import { json, type Operation } from './operation.ts';

export const getHealth: Operation = {
  tag: 'Operations',
  summary: 'Liveness and dependencies',
  description: 'A 200 also when degraded, since the app itself answers. Holds no secrets.',
  answers: { 200: json('The state.', health) },
};

const openApi = z
  .looseObject({ openapi: z.string().regex(/^3\.1\./) })
  .meta({ id: 'OpenApiDocument', description: 'An OpenAPI 3.1 document.' });

export const getOpenApi: Operation = {
  tag: 'Operations',
  summary: 'This description',
  description: 'This document, as it was when this version of the app was built.',
  answers: { 200: json('The document.', openApi) },
  conditional: true,
};

export const getDocs: Operation = {
  tag: 'Operations',
  summary: 'This description as a page for people',
  description: 'Shows this document in a browser, from files the app itself serves.',
  answers: { 200: { description: 'The page.', content: { 'text/html': { text: 'HTML.' } } } },
  conditional: true,
};

export const getDocsFile: Operation = {
  tag: 'Operations',
  summary: 'A file of that page',
  description: 'Styles and scripts of the page.',
  answers: {
    200: {
      description: 'The file.',
      content: { 'text/css': { text: 'CSS.' }, 'text/javascript': { text: 'JavaScript.' } },
    },
  },
  conditional: true,
  problems: ['page-not-found'],
};
