import type {Entry, Happening} from '../../../source/journal/entry.ts';
import {parseRunbooks} from '../../../source/runbooks/parse/parse.ts';
import type {Runbook} from '../../../source/runbooks/runbook.ts';
import type {Effect, Event, Wish} from '../../../source/runbooks/session/event.ts';
import {reduce} from '../../../source/runbooks/session/reduce.ts';
import {newSession, type Rules, type Session, stateOfStep} from '../../../source/runbooks/session/session.ts';
import {stepsOf} from '../../../source/runbooks/session/steps.ts';
import type {RawName} from '../../../source/vocabulary.ts';

export const rules: Rules = {context: 'homelab' as RawName};

export function runbookOf(source: string): Runbook {
	const [runbook] = parseRunbooks(source, '/runbooks/node-failure.md', 'user').runbooks;
	if (runbook === undefined) throw new Error('there is no runbook in it');
	return runbook;
}

export const nodeFailure = `# Node failure

## Diagnosis

\`\`\`sh
kubectl get nodes
\`\`\`

\`\`\`sh
kubectl get pods -A
\`\`\`

## Mitigation

\`\`\`sh
kubectl cordon "$NODE"
\`\`\`

1. Go to the rack and look.

\`\`\`sh
kubectl delete pod --all
\`\`\`
`;

/** A session in memory: what it writes down is kept at once, and what it begins waits to be told how it came out. */
export function walk(
	runbook: Runbook,
	changed: Partial<Rules> = {},
	parameters: Readonly<Record<string, string>> = {NODE: 'nuc-2'},
) {
	let session: Session = newSession(runbook, parameters, {...rules, ...changed});
	const entries: Entry[] = [];
	const effects: Effect[] = [];
	let seq = 0;
	const keep = (happening: Happening): Entry => {
		const entry = {...happening, seq: ++seq, at: 1000 + seq};
		entries.push(entry);
		return entry;
	};
	const send = (event: Event): void => {
		const turn = reduce(session, event);
		session = turn.session;
		for (const effect of turn.effects) {
			if (effect.is === 'keep') send({is: 'kept', entry: keep(effect.happening)});
			else effects.push(effect);
		}
	};
	return {
		get session() {
			return session;
		},
		entries,
		/** What was to be done since it was last asked. */
		effects: () => effects.splice(0),
		wish: (wish: Wish) => send(wish),
		/** Goes to a step by its number. */
		go: (number: number) => send({is: 'go', to: stepsOf(runbook)[number - 1]?.id ?? ''}),
		happened: (happening: Happening) => send({is: 'kept', entry: keep(happening)}),
		ends: (result: 'done' | 'failed' | 'stopped' | 'unknown', text = `exit code ${result === 'done' ? 0 : 1}`) => {
			const running = [...session.steps].find(([, {is}]) => is === 'running')?.[0] ?? '';
			send({is: 'performed', step: running, result, text});
		},
		states: () => stepsOf(runbook).map(({id}) => stateOfStep(session, id).is),
		number: () => stepsOf(runbook).find(({id}) => id === session.at)?.number,
	};
}
