// The operations about the signed-in user.
import { pools, user } from '../answers/user-schema.ts';
import { json, type Operation } from './operation.ts';

export const getMe: Operation = {
  tag: 'User',
  summary: 'The signed-in user',
  description:
    'The user, its roles, and the companies it works with, each with pools and features.',
  answers: { 200: json('The user.', user) },
  conditional: true,
};

export const getPools: Operation = {
  tag: 'User',
  summary: 'Pools of a company',
  description: 'The pools the caller may use, the default first, then by id.',
  answers: { 200: json('The pools; always one page.', pools) },
  conditional: true,
};
