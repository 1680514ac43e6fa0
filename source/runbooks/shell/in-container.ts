import {holdsFlag} from './flags.ts';
import {isFlag, type Shown} from './word.ts';
import {unclear, type Wrapping} from './wrapping.ts';

function atDashes(words: readonly Shown[]): {readonly before: readonly Shown[]; readonly rest: readonly Shown[]} {
	const dashes = words.findIndex(word => word.text === '--' && word.literal);
	return dashes < 0 ? {before: words, rest: []} : {before: words.slice(0, dashes), rest: words.slice(dashes + 1)};
}

/** `kubectl exec POD -- COMMAND`, and those like it: what stands after the dashes. */
export function inPod(words: readonly Shown[]): Wrapping {
	const {before, rest} = atDashes(words);
	if (rest.length === 0) return unclear('what it runs does not stand here');
	const isLed = holdsFlag(before, ['--kubeconfig']);
	const outer = isLed ? {class: 'unknown' as const, why: 'is led by a file that may run commands'} : {class: 'reading' as const};
	return {...outer, inner: [{is: 'command', words: rest}]};
}

/** Flags of `exec` that take the next word, of all programs that have it. */
const taking = new Set(
	'-e --env -u --user -w --workdir --env-file --detach-keys -r --runtime-endpoint -n --namespace --address -a -c --config -H --host --timeout'.split(
		' ',
	),
);

/** `docker exec CONTAINER COMMAND`: the container is the first word that is no flag. */
export function inContainer(words: readonly Shown[]): Wrapping {
	for (let at = words.findIndex(({text}) => text === 'exec') + 1; at < words.length; at++) {
		const word = words[at];
		if (word === undefined) break;
		if (isFlag(word)) {
			if (taking.has(word.text)) at += 1;
			continue;
		}
		const rest = words.slice(at + 1);
		return rest.length === 0
			? unclear('what it runs does not stand here')
			: {class: 'reading', inner: [{is: 'command', words: rest}]};
	}
	return unclear('what it runs does not stand here');
}

/** `kubectl debug POD -- COMMAND`: a container is made, whatever runs in it. */
export function inDebugger(words: readonly Shown[]): Wrapping {
	const {rest} = atDashes(words);
	return {class: 'changing', why: 'makes a container', inner: rest.length === 0 ? [] : [{is: 'command', words: rest}]};
}
