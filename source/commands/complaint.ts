/** Something a person can mend: one sentence that says what, where and what to do next, and the exit code. */
export class Complaint extends Error {
	readonly exit: number;
	constructor(sentence: string, exit: number) {
		super(sentence);
		this.exit = exit;
	}
}
