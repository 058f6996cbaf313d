// The answers of /api/me and …/companies/{company}/pools (SPEC §4).
import type { CompanyView } from '../../../application/open-company.ts';
import type { UserProfile } from '../../../application/get-user-profile.ts';
import type { AnswerOf } from './answer-of.ts';
import { companyFreshness } from './freshness.ts';
import type { pools, user } from './user-schema.ts';

/** The user, its roles, and each company with the pools it may use. */
export function userAnswer({
  caller,
  worker,
  name,
  companies,
}: UserProfile): AnswerOf<typeof user> {
  return {
    user: caller.user,
    name,
    worker,
    roles: caller.roles,
    companies: companies.map((view) => {
      const { id, name: companyName, accountingCurrency, timeZone, features } = view.company;
      const { businessDate, updatedAt, sources } = companyFreshness(view);
      return {
        id,
        name: companyName,
        accountingCurrency,
        timeZone,
        businessDate,
        updatedAt,
        sources,
        defaultPool: view.defaultPool,
        pools: poolItems(view),
        features,
      };
    }),
  };
}

/** The pools as a list of one page. */
export function poolsAnswer(view: CompanyView): AnswerOf<typeof pools> {
  return { ...companyFreshness(view), items: poolItems(view), cursor: null };
}

function poolItems({ pools, defaultPool }: CompanyView) {
  return pools.map(({ id, description, agingDefinition }) => ({
    id,
    description,
    agingDefinition,
    isDefault: id === defaultPool,
  }));
}
