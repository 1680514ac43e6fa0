import {Unplanned} from '../../actions/action.ts';
import type {ActionRequest} from '../../actions/request.ts';
import type {Undertaking} from '../../actions/undertaking.ts';
import {commandLine} from '../../shell-word.ts';
import type {Row} from '../../vocabulary.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {followUpOf} from './action/follow-up.ts';
import {type ActionView, isRunning, makeUnderway, planOf} from './action/underway.ts';
import {healthOfResult, shortWords, titleOfStage} from './action/words.ts';
import type {ContextChoice} from './context-choice.ts';
import type {View} from './desk.ts';
import type {Command} from './keymap.ts';
import type {Copied} from './kubectl.ts';
import {keepSame} from './latest.ts';
import type {PaletteView} from './palette/draw.ts';
import {lineOf} from './palette/line.ts';
import {type KnownRunbooks, noRunbooks} from './palette/named-runbooks.ts';
import type {Lead, Offer} from './palette/offer.ts';
import type {Scope} from './palette/offers.ts';
import {makePalette} from './palette/palette.ts';
import type {Reach, Stage} from './reach.ts';
import type {Action, Message, Sight} from './state.ts';

/** What the palette and the action under way need of the dashboard around them. */
export type Around = {
	readonly reach: Reach;
	/** The names of the looks. */
	readonly looks: readonly string[];
	readonly view: () => View;
	readonly dispatch: (action: Action) => void;
	readonly changed: () => void;
	readonly tell: (health: Message['health'], text: SafeText) => void;
	readonly copy: (copied: Copied, stage: Stage) => void;
	/** Does what a key does. */
	readonly perform: (command: Command, stage: Stage) => void;
	readonly goTo: (context: ContextChoice) => Promise<void>;
	/** Opens what was chosen of runbooks. */
	readonly guideTo: (lead: Lead) => void;
	/** The runbook that is walked, in a few words. */
	readonly walked: () => SafeText | undefined;
	/** Leaves the runbook that is walked, so that it can be taken up again. */
	readonly leaveWalk: () => Promise<void>;
};

/** The palette, and the action under way. */
export type Acting = {
	readonly action: () => ActionView | undefined;
	readonly palette: (view: View, row: Row | undefined, sight: Pick<Sight, 'markable'>) => PaletteView | undefined;
	/** Resolves when the palette knows what there is; keys mean nothing before. */
	readonly open: () => Promise<void>;
	/** Does what a command asks of the palette or the action that is open; false where it means something else here. */
	readonly perform: (command: Command, stage: Stage) => boolean;
	/** Shows an action that a runbook asks for, and resolves at its end; rejects while another one runs. */
	readonly attend: (undertaking: Undertaking, stop: AbortSignal, request: ActionRequest) => Promise<unknown>;
	/** Why the context has to stay; undefined where it may change. */
	readonly holds: () => SafeText | undefined;
	/** Another cluster is looked at. */
	readonly moved: () => void;
};

/** Makes the acting part of one dashboard. */
export function makeActing(around: Around): Acting {
	const {reach, looks, view, dispatch, changed, tell, copy, perform, goTo, guideTo, walked, leaveWalk} = around;
	const palette = makePalette();
	const sameUnderway = keepSame<NonNullable<Scope['underway']>>();

	const isOpen = () => view().ui.over?.is === 'action';
	const report = (action: ActionView | undefined) => {
		if (action === undefined || isOpen()) return;
		const {stage} = action;
		const title = titleOfStage(stage);
		if (stage.is === 'ended') tell(healthOfResult[stage.outcome.result], say`${title}: ${stage.outcome.text}`);
		else if (stage.is === 'refused') tell('bad', say`${title} is refused: ${stage.why}`);
		else if (stage.is === 'planned') tell('warn', say`${title} asks again: something is different now`);
	};
	const underway = makeUnderway(reach.undertake, steps => {
		if (steps && isOpen()) dispatch({is: 'acts'});
		changed();
		if (steps) report(underway.view());
	});

	const scopeOf = (
		{picture, ui}: View,
		row: Row | undefined,
		markable: boolean,
	): Omit<Scope, 'contexts' | 'hindrances' | 'runbooks'> => {
		const action = underway.view();
		return {
			picture,
			row,
			markable,
			picked: ui.panes.nodes.picked,
			looks,
			look: ui.look,
			underway:
				action &&
				sameUnderway({title: titleOfStage(action.stage), short: shortWords(action.stage), isRunning: isRunning(action)}),
			walked: walked(),
			acts: reach.undertake !== undefined,
			opens: reach.open !== undefined,
			entries: reach.keys?.entries,
		};
	};
	const chosen = (): Offer | undefined => {
		const shown = view().palette;
		return shown?.offers[shown.cursor];
	};

	const begin = (request: ActionRequest, before?: Parameters<typeof underway.begin>[1]) => {
		dispatch({is: 'acts'});
		underway.begin(request, before);
	};

	const follow = ({lead}: Offer, stage: Stage) => {
		dispatch({is: 'command', command: 'palette'});
		switch (lead.is) {
			case 'command':
				return perform(lead.command, stage);
			case 'view':
				return dispatch({is: 'went', view: lead.view});
			case 'row':
				return dispatch({is: 'went', view: lead.view, key: lead.key});
			case 'context':
				return void goTo(lead.context);
			case 'look':
				dispatch({is: 'looked', look: lead.look});
				return void reach.remember?.(looks[lead.look] ?? '').then(said => said && tell('unknown', said));
			case 'action':
				return begin(lead.request);
			case 'underway':
				return dispatch({is: 'acts'});
			case 'runbook':
			case 'run':
			case 'walk':
				return guideTo(lead);
			case 'ask':
				return undefined;
		}
	};
	const choose = (stage: Stage) => {
		const offer = chosen();
		if (offer === undefined) return;
		if (offer.not !== undefined) return tell('unknown', say`${offer.text}: ${offer.not}.`);
		if (offer.lead.is === 'ask') return dispatch({is: 'completed', text: `${offer.lead.action} `});
		palette.chose(offer);
		follow(offer, stage);
	};

	/** The answer that was typed: a yes to changes at all leads to the question after it. */
	const answer = () => {
		const {over} = view().ui;
		const stage = underway.view()?.stage;
		if (over?.is !== 'action' || over.asks === undefined || stage?.is !== 'planned') return;
		const typed = over.typed.trim();
		const wantsYes = over.asks === 'allow' || stage.plan.confirm.ask === 'yes';
		if (wantsYes && typed.toLowerCase() !== 'yes') return tell('unknown', own('Only yes is a yes; esc leads back.'));
		if (over.asks === 'allow') return dispatch({is: 'asked', question: 'confirm'});
		const wrong = underway.confirm({
			...(wantsYes ? {} : {name: typed}),
			...(stage.allow === undefined ? {} : {allow: true as const}),
		});
		if (wrong !== undefined) tell('unknown', wrong);
	};
	const ask = () => {
		const stage = underway.view()?.stage;
		if (stage?.is === 'planned') dispatch({is: 'asked', question: stage.allow === undefined ? 'confirm' : 'allow'});
	};

	/** The same with another option, as long as it has not begun. */
	const toggle = (option: 'force' | 'deleteEmptyDirData'): void => {
		const action = underway.view();
		// What a runbook asks for is taken as it stands there.
		if (action?.request.is !== 'drain' || action.attended || isRunning(action) || action.stage.is === 'ended') return;
		const {options} = action.request;
		begin({...action.request, options: {...options, [option]: !options[option]}}, planOf(action));
	};
	const goOn = (how: 'resume' | 'rollBack'): void => {
		const action = underway.view();
		const request = action && followUpOf(action.request, action.stage)[how];
		if (request !== undefined) begin(request);
	};
	const copyPlanned = (stage: Stage): void => {
		const action = underway.view();
		const command = action && commandLine(planOf(action)?.command ?? []);
		if (command === undefined || command === '') copy({refused: 'there is no command for this yet'}, stage);
		else copy({command}, stage);
	};
	const leaveAction = (): void => {
		if (!isRunning(underway.view())) underway.dismiss();
		dispatch({is: 'command', command: 'back'});
	};
	const stopAndLeave = async (stage: Stage): Promise<void> => {
		tell('held', own('It stops at the next safe point, then midwatch quits.'));
		await underway.stop();
		await leaveWalk();
		stage.leave();
	};

	const knownRunbooks = async (): Promise<KnownRunbooks> => {
		const runbooks = await reach.runbooks?.();
		if (runbooks === undefined) return noRunbooks;
		const [{runbooks: shelved}, runs] = await Promise.all([runbooks.shelf(), runbooks.runs()]);
		return {runbooks: shelved.map(({runbook}) => runbook), runs};
	};

	const inPalette = (command: Command, stage: Stage): boolean => {
		if (command === 'open') choose(stage);
		else if (command === 'copyLine') {
			const offer = chosen();
			if (offer !== undefined) copy(lineOf(offer, reach.kubectl), stage);
		} else return false;
		return true;
	};
	const inAction = (command: Command, stage: Stage, isAsking: boolean): boolean => {
		if (command === 'open') (isAsking ? answer : ask)();
		else if ((command === 'back' || command === 'quit') && !isAsking) leaveAction();
		else if (command === 'stop') void underway.stop();
		else if (command === 'force') toggle('force');
		else if (command === 'emptyDir') toggle('deleteEmptyDirData');
		else if (command === 'resume' || command === 'rollBack') goOn(command);
		else if (command === 'copyLine') copyPlanned(stage);
		else return false;
		return true;
	};

	return {
		action: underway.view,
		palette: (of, row, {markable}) =>
			of.ui.over?.is === 'palette' ? palette.view(of.ui.over, scopeOf(of, row, markable), reach.kubectl) : undefined,
		open: () => palette.open({...reach, knownRunbooks}, changed),
		perform: (command, stage) => {
			const {over} = view().ui;
			if (over?.is === 'palette') return inPalette(command, stage);
			if (over?.is === 'action') return inAction(command, stage, over.asks !== undefined);
			if (over?.is !== 'leaving' || command !== 'open') return false;
			void stopAndLeave(stage);
			return true;
		},
		attend: async (undertaking, _, request) => {
			const action = underway.view();
			if (action !== undefined && isRunning(action))
				throw new Unplanned(say`${titleOfStage(action.stage)} is running: wait for its end, or stop it there.`);
			dispatch({is: 'acts'});
			underway.attend(undertaking, request);
			await undertaking.ended;
			// Its end is told where it was asked for.
			underway.dismiss();
		},
		holds: () => {
			const action = underway.view();
			const runbook = walked();
			if (action === undefined || !isRunning(action))
				return runbook && say`${runbook} is under way here: the context stays until it has ended or was stopped.`;
			return say`${titleOfStage(action.stage)} is running here: the context stays until it has ended or was stopped.`;
		},
		moved: () => {
			underway.dismiss();
			palette.forget();
		},
	};
}
