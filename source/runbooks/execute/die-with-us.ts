import {spawn} from 'node:child_process';

/** Waits for a word on a pipe; at its end instead, the one who held it is gone, however that came about. */
const watch = 'read -r word || kill -KILL "-$1"';

/**
 * Lets a group of processes die with this one, also when it is killed: a shell watches a pipe whose other end only this
 * process has.
 * @returns the way to let the group be
 */
export function dieWithUs(group: number): () => void {
	const watcher = spawn('/bin/sh', ['-c', watch, 'sh', String(group)], {detached: true, stdio: ['pipe', 'ignore', 'ignore']});
	watcher.on('error', () => {});
	watcher.stdin.on('error', () => {});
	watcher.unref();
	return () => watcher.stdin.end('over\n');
}
