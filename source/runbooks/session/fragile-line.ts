import type {Environment} from '../../files/places.ts';
import {own, type SafeText} from '../../vocabulary.ts';

/** What is said at the start of a session whose terminal goes with the line; undefined where it does not. */
export function fragileLine({SSH_CONNECTION, SSH_TTY, TMUX, STY, ZELLIJ}: Environment): SafeText | undefined {
	const isRemote = [SSH_CONNECTION, SSH_TTY].some(each => each !== undefined && each !== '');
	const isHeld = [TMUX, STY, ZELLIJ].some(each => each !== undefined && each !== '');
	if (!isRemote || isHeld) return undefined;
	return own(
		'This is an ssh session outside tmux or screen. Should the line be cut, a reading step ends with it, a changing one comes to its end, and the session can be taken up again.',
	);
}
