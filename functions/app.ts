// The entry of the bundle: settings → clients and adapters → triggers. A wrong setting stops the
// start.
import { readConfig } from '../adapters/config.ts';
import { topology } from '../infra/topology.ts';
import { compose } from './composition.ts';
import { register } from './register.ts';
import { triggers } from './triggers.ts';

// `tools/build.ts` puts them beside the bundle.
const folders = {
  documentation: `${import.meta.dirname}/documentation`,
  prompts: `${import.meta.dirname}/prompts`,
};

register(triggers, compose(readConfig(process.env), topology, folders), topology);
