/** The words that start this program anew: the executable that carries everything in itself, or Node and the launcher. */
export function ourselves(): readonly string[] {
	const [, launcher = ''] = process.argv;
	return process.getBuiltinModule('node:sea').isSea() ? [process.execPath] : [process.execPath, launcher];
}
