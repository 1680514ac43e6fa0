import {own, type SafeText, say} from '../vocabulary.ts';
import {age, count, duration, join} from '../words.ts';
import type {WebhookFact} from './admission.ts';
import type {ApiServiceFact} from './aggregated.ts';
import type {CertificateFact} from './certificate.ts';
import type {ComponentFact} from './component.ts';
import type {ServerFact} from './server.ts';

/** `2 of 3 ready`, `3 ready`, `no pod`. */
export function componentWords({presence: {ready, wanted}}: ComponentFact): SafeText {
	if (wanted === 0) return own('no pod');
	return ready === wanted ? say`${ready} ready` : say`${ready} of ${wanted} ready`;
}

/** `answers`, `no ready endpoint`; of those that may be missing, that they are. */
export function webhookWords({blocking, health}: WebhookFact): SafeText {
	if (blocking.length > 0) return own('no ready endpoint');
	if (health === 'unknown') return own('unknown');
	return own(health === 'idle' ? 'not answering, ignored' : 'answers');
}

export function apiServiceWords({record: {available}}: ApiServiceFact): SafeText {
	if (available === undefined) return own('unknown');
	return own(available ? 'available' : 'not available');
}

/** `ready, p99 120 ms`, `not ready`, `unknown`. */
export function serverWords({readyz, tail}: ServerFact): SafeText {
	const ready = readyz === undefined ? own('unknown') : own(readyz.ok ? 'ready' : 'not ready');
	return join([ready, tail && say`p99 ${tail.p99} ms`]);
}

/** `expires in 12d`, `expired 2h ago`; the day, while that is far off. */
export function certificateWords({term: {expiresAt}, asOf, health}: CertificateFact): SafeText {
	if (health === 'ok') return say`until ${own(new Date(expiresAt).toISOString().slice(0, 10))}`;
	return expiresAt > asOf ? say`expires in ${duration(expiresAt - asOf)}` : say`expired ${age(expiresAt, asOf)} ago`;
}

/** What is frozen without it: `24 Longhorn volumes`. */
export function keptWords({keeps}: ComponentFact): SafeText {
	return keeps === undefined ? own('') : count(keeps.many, keeps.one);
}
