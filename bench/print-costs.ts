// Prints what a million changes cost: `npm run costs`, or with prices of one's own,
// `npm run costs -- millionUnits=0.3 gigabyteSecond=0.00003`.
import { costTable, EXAMPLE_PRICES } from './cost-model.ts';

const given = Object.fromEntries(
  process.argv.slice(2).map((argument) => {
    const [name = '', price = ''] = argument.split('=');
    if (!(name in EXAMPLE_PRICES) || !(Number(price) >= 0)) {
      process.stderr.write(
        `no price: ${argument}; prices are ${Object.keys(EXAMPLE_PRICES).join(', ')}\n`,
      );
      process.exit(2);
    }
    return [name, Number(price)];
  }),
);
process.stdout.write(`${costTable({ ...EXAMPLE_PRICES, ...given })}\n`);
