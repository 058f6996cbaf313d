// Rows in which everything personal is marked, so that a search finds it wherever it got to: each mark
// names the entity and the field it was told in.
import type { CustomerEntity, FeedEntity } from '../../domain/change.ts';
import { PERSONAL_DATA } from '../../domain/personal-data.ts';
import { WHOLE_ROWS } from '../support/whole-rows.ts';

/** In every mark, and nowhere else. */
export const MARK = 'Zquxname';

/** The mark of somebody of the company's own: kept, but in no log. */
export const EMPLOYEE_MARK = 'Zemployee';

/** A mark that tells where it was. */
export function marked(where: string): string {
  return `${MARK}-${where}`;
}

const isAddress = (field: string) => field.toLowerCase().endsWith('url');

function valueOf(entity: FeedEntity, field: string, mark: string): string {
  const value = `${mark}-${entity}-${field}`;
  return isAddress(field) ? `https://erp.example/${value}` : value;
}

/** A whole row of an entity with all its texts about people marked, and a field nobody knows. */
export function personalRow(entity: FeedEntity & CustomerEntity): Record<string, unknown> {
  const marks = Object.entries(PERSONAL_DATA[entity]).flatMap(([field, treatment]) => {
    if (treatment === 'removed' || treatment === 'replaced') {
      return [[field, valueOf(entity, field, MARK)] as const];
    }
    return treatment === 'employee'
      ? [[field, valueOf(entity, field, EMPLOYEE_MARK)] as const]
      : [];
  });
  return { ...WHOLE_ROWS[entity], ...Object.fromEntries(marks), hobby: marked(`${entity}-hobby`) };
}
