import {own, type ViewId, viewIds} from '../../../vocabulary.ts';
import {paneTitles} from '../model.ts';
import type {Offer} from './offer.ts';

/** What people call a view: the first as it is offered; the others are words of kubectl and k9s for what is in it. */
const called: Readonly<Record<ViewId, readonly [string, ...string[]]>> = {
	incidents: ['incidents', 'alerts', 'pulses'],
	nodes: ['nodes', 'node', 'no'],
	storage: ['storage', 'pvc', 'pv', 'sc', 'persistentvolumeclaims', 'persistentvolumes', 'storageclasses', 'volumes'],
	bgp: ['bgp', 'peers', 'svc', 'services', 'gateways'],
	backups: ['backups', 'schedules', 'tiers'],
	gpu: ['gpu', 'gpus'],
	platform: ['platform', 'apiservices', 'certificates', 'webhooks'],
	timeline: ['timeline', 'events', 'ev'],
	risks: ['risks', 'targets'],
};

/** All views by name. */
export const namedViews: readonly Offer[] = viewIds.map(view => {
	const [text, ...also] = called[view];
	return {
		key: `view:${view}`,
		text: own(text),
		also,
		about: own(`go to ${paneTitles[view]}`),
		line: {words: view === 'risks' ? ['risks'] : ['snapshot', view]},
		lead: {is: 'view', view},
	};
});
