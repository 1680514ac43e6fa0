import {byName, fields, list} from './shape.ts';
import {chord, flag, lengthOfTime, name, objectPath, oneOf, path, pattern, ratio, webAddress, wholeNumber} from './values.ts';

const cluster = fields({
	stateless: {is: flag, about: 'the cluster can be rebuilt: nobody nags it about backups'},
	critical: {is: list(pattern), about: 'workloads that page when they are down (default: tunnels, ingresses and gateways)'},
	tiers: {
		is: byName(
			'TIER',
			fields({
				rpo: {is: lengthOfTime, about: 'how old its recovery point may be (default: the period of its schedule)'},
				retention: {is: lengthOfTime, about: 'how long backups are to be kept'},
				cronJob: {is: objectPath, about: 'the CronJob that makes its backups, where no backup system does: `namespace/name`'},
			}),
		),
	},
	targets: {
		is: fields({
			apiP99: {is: lengthOfTime, about: 'how slow the slowest answers of the API server may be (default: 1s)'},
			gpuUtilisation: {is: ratio, about: 'how busy the GPUs are to be'},
			freeSpace: {is: ratio, about: 'how much of a disk is to be free'},
		}),
	},
	expected: {
		is: fields({gpus: {is: byName('NODE', wholeNumber), about: 'how many GPUs a node has'}}),
	},
	optional: {is: list(name), about: 'systems (`gpu`, `bgp`) whose silence lowers no verdict'},
	aliases: {is: byName('NAME', name), about: 'other names and addresses of one storage server, and the name it goes by'},
	notBackedUp: {is: list(pattern), about: 'claims that need no backup'},
	links: {is: byName('PLACE', webAddress), about: 'where else to look: Grafana, Loki, Hubble'},
	guards: {
		is: fields({
			readOnly: {is: flag, about: 'nothing is ever changed here'},
			deny: {
				// A name that means nothing would deny nothing, and nobody would know.
				is: list(oneOf('cordon', 'uncordon', 'drain', 'backup', 'pause', 'unpause', 'runbook')),
				about: 'actions that are never taken here',
			},
			confirm: {is: oneOf('yes', 'name'), about: 'what every change asks for at the least: a yes, or the name typed'},
		}),
	},
});

/** All that may stand in the configuration: it is read by this table, and documented by it. */
export const configuration = fields({
	theme: {is: oneOf('dark', 'light'), about: 'colours; the key `T` writes it'},
	screenReader: {is: flag, about: 'the dashboard speaks in sentences that are appended, for a screen reader'},
	keys: {
		is: byName('COMMAND', list(chord)),
		about: 'other keys for a command of the table of keys; `ctrl-c`, `enter` and `esc` stay what they are',
	},
	runbooks: {
		is: fields({
			directories: {is: list(path), about: 'where your runbooks are (default: runbooks beside the configuration)'},
		}),
	},
	journal: {
		is: fields({
			output: {is: oneOf('off', 'tail', 'full'), about: 'how much of what the steps of a runbook print is kept (default: full)'},
		}),
	},
	contexts: {is: byName('CONTEXT', cluster)},
});

export type Configuration = ReturnType<typeof configuration.read>;
