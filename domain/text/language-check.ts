// Whether a text is in the language it was asked for in, by the small words each language has alone.
import { type Checked, cover } from './covered-text.ts';
import type { Language } from './fact-sheet.ts';

const words = (list: string) => new Set(list.split(' '));
const SMALL_WORDS = {
  en: words(
    'the of and to is are that this these with for have has been your you our we they it its from on by be which would please any there their not were had will as at should due since all been outstanding invoice invoices payment payments account balance has more than over after days it so in not no only our us can if or an a',
  ),
  de: words(
    'der die das den dem des und ist sind von zu zum zur mit für auf ein eine einen einem einer nicht sich wir sie ihr ihre ihren ihnen wurde wurden werden wird haben hat bei aus auch noch im am vom seit bis oder dass bitte offen fällig überfällig rechnung rechnungen zahlung betrag konto kunde es um als mehr nach über wie so vor bitten uns unsere unserer unser bisher derzeit keine kein nur damit daher tage tagen',
  ),
  fr: words(
    'le la les des du une est sont et vous votre vos nous avec pour dans sur pas que qui cette ces au aux été ont facture factures paiement solde jours',
  ),
  es: words(
    'el los las una es son y con para por que su sus usted del al esta este no ha han factura facturas pago saldo días vencida vencidas',
  ),
  it: words(
    'il lo gli una è sono e con per che della delle dei del nel questa questo non ha hanno fattura fatture pagamento saldo giorni',
  ),
  nl: words(
    'het een en van zijn niet met voor dat deze dit uw wij aan bij ook nog factuur facturen betaling saldo dagen is heeft',
  ),
} as const;

/** Words with which a text says enough of its language. */
const WORDS_MIN = 6;
/** Small words of another language that no text has by chance. */
const OTHERS_MAX = 2;

/** Refuses a text that is more of another language, or that has many of its words. */
export function checkLanguage(checked: Checked, original: string, language: Language): Checked {
  const said = (original.match(/\p{L}+/gu) ?? []).map((word) => word.toLowerCase());
  const own = countOf(said, SMALL_WORDS[language]);
  const others = Object.entries(SMALL_WORDS)
    .filter(([other]) => other !== language)
    .map(([, known]) => said.filter((word) => known.has(word) && !SMALL_WORDS[language].has(word)));
  const most = Math.max(...others.map((found) => found.length));
  const isOther =
    most > own || (most > OTHERS_MAX && most * 2 > own) || (own === 0 && said.length >= WORDS_MIN);
  if (!isOther) return checked;
  return {
    text: cover(checked.text, 0, checked.text.length, 'refused'),
    findings: [...checked.findings, { text: original, kind: 'language' }],
  };
}

function countOf(said: readonly string[], known: ReadonlySet<string>): number {
  return said.filter((word) => known.has(word)).length;
}
