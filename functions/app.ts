// The entry of the bundle: settings → clients and adapters → triggers. A wrong setting stops the
// start.
import { readConfig } from '../adapters/config.ts';
import { topology } from '../infra/topology.ts';
import { compose } from './composition.ts';
import { register } from './register.ts';
import { triggers } from './triggers.ts';

// `tools/build.ts` puts it beside the bundle.
const documentation = `${import.meta.dirname}/documentation`;

register(triggers, compose(readConfig(process.env), topology, documentation), topology);
