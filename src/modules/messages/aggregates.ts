/** The aggregates of messages, each with its decider and the list that shows it. */
import { Type } from 'typebox';
import { defineAggregate } from '../../core/aggregate.ts';
import type { ModuleAggregate } from '../../core/module.ts';
import { MESSAGE_COMMANDS, type MessageCommand } from './commands.ts';
import * as deciding from './decide.ts';
import { MESSAGE_EVENTS, type MessageEvent } from './events.ts';
import {
  CAMPAIGN_COMMANDS,
  CAMPAIGN_REFUSALS,
  type CampaignCommand,
} from './campaigns/commands.ts';
import * as campaignDecisions from './campaigns/decide.ts';
import { CAMPAIGN_EVENTS, type CampaignEvent } from './campaigns/events.ts';
import * as campaign from './campaigns/state.ts';
import { campaignList } from './read-models/campaign-list.ts';
import {
  CONVERSATION_COMMANDS,
  CONVERSATION_REFUSALS,
  type ConversationCommand,
} from './conversations/commands.ts';
import * as conversationDecisions from './conversations/decide.ts';
import { CONVERSATION_EVENTS, type ConversationEvent } from './conversations/events.ts';
import * as conversation from './conversations/state.ts';
import { conversationList } from './read-models/conversation-list.ts';
import * as notice from './notices/notice.ts';
import { OPT_IN_EVENTS, type OptInEvent } from './opt-ins/events.ts';
import * as optIn from './opt-ins/opt-in.ts';
import { noticeList } from './read-models/notice-list.ts';
import { optInList } from './read-models/opt-in-list.ts';
import { settingsList } from './read-models/settings-list.ts';
import * as settings from './settings/settings.ts';
import { messageList } from './read-models/message-list.ts';
import { senderList } from './read-models/sender-list.ts';
import { suppressionList } from './read-models/suppression-list.ts';
import { templateList } from './read-models/template-list.ts';
import { MESSAGE_REFUSALS } from './refusals.ts';
import { SENDER_COMMANDS, SENDER_REFUSALS, type SenderCommand } from './senders/commands.ts';
import { decide as decideSender } from './senders/decide.ts';
import { SENDER_EVENTS, type SenderEvent } from './senders/events.ts';
import * as sender from './senders/state.ts';
import * as message from './state.ts';
import { SUPPRESSION_EVENTS, type SuppressionEvent } from './suppressions/events.ts';
import * as suppressed from './suppressions/state.ts';
import * as suppression from './suppressions/suppression.ts';
import {
  TEMPLATE_COMMANDS,
  TEMPLATE_REFUSALS,
  type TemplateCommand,
} from './templates/commands.ts';
import * as templateDecisions from './templates/decide.ts';
import { TEMPLATE_EVENTS, type TemplateEvent } from './templates/events.ts';
import * as template from './templates/state.ts';

const STATUS = Type.Object({ status: Type.String() });

const messageAggregate = defineAggregate<message.MessageState, MessageCommand, MessageEvent>({
  category: message.MESSAGES,
  stateVersion: 2,
  events: MESSAGE_EVENTS,
  commands: MESSAGE_COMMANDS,
  refusals: MESSAGE_REFUSALS,
  initialState: message.initialState,
  decide: deciding.decide,
  evolve: message.evolve,
  consults: deciding.consults,
  view: message.viewOf,
  respond: (state) => ({ status: state.status }),
  responds: () => STATUS,
});

const campaignAggregate = defineAggregate<campaign.CampaignState, CampaignCommand, CampaignEvent>({
  category: campaign.CAMPAIGNS,
  stateVersion: 3,
  events: CAMPAIGN_EVENTS,
  commands: CAMPAIGN_COMMANDS,
  refusals: CAMPAIGN_REFUSALS,
  initialState: campaign.initialState,
  decide: campaignDecisions.decide,
  evolve: campaign.evolve,
  consults: campaignDecisions.consults,
  view: campaign.viewOf,
  respond: (state) => ({ status: state.status }),
  responds: () => STATUS,
});

const conversationAggregate = defineAggregate<
  conversation.ConversationState,
  ConversationCommand,
  ConversationEvent
>({
  category: conversation.CONVERSATIONS,
  stateVersion: 1,
  events: CONVERSATION_EVENTS,
  commands: CONVERSATION_COMMANDS,
  refusals: CONVERSATION_REFUSALS,
  initialState: conversation.initialState,
  decide: conversationDecisions.decide,
  evolve: conversation.evolve,
  consults: conversationDecisions.consults,
  streams: conversationDecisions.streams,
  view: conversation.viewOf,
});

const templateAggregate = defineAggregate<template.TemplateState, TemplateCommand, TemplateEvent>({
  category: template.TEMPLATES,
  stateVersion: 1,
  events: TEMPLATE_EVENTS,
  commands: TEMPLATE_COMMANDS,
  refusals: TEMPLATE_REFUSALS,
  initialState: template.initialState,
  decide: templateDecisions.decide,
  evolve: template.evolve,
  consults: templateDecisions.consults,
});

const senderAggregate = defineAggregate<sender.SenderState, SenderCommand, SenderEvent>({
  category: sender.SENDERS,
  stateVersion: 1,
  events: SENDER_EVENTS,
  commands: SENDER_COMMANDS,
  refusals: SENDER_REFUSALS,
  initialState: sender.initialState,
  decide: decideSender,
  evolve: sender.evolve,
});

const suppressionAggregate = defineAggregate<
  suppressed.SuppressionState,
  suppression.SuppressionCommand,
  SuppressionEvent
>({
  category: suppressed.SUPPRESSIONS,
  stateVersion: 1,
  events: SUPPRESSION_EVENTS,
  commands: suppression.SUPPRESSION_COMMANDS,
  refusals: suppression.SUPPRESSION_REFUSALS,
  initialState: suppressed.initialState,
  decide: suppression.decide,
  evolve: suppressed.evolve,
});

const settingsAggregate = defineAggregate<
  settings.SettingsState,
  settings.SettingsCommand,
  settings.SettingsEvent
>({
  category: settings.MESSAGE_SETTINGS,
  stateVersion: 1,
  events: settings.SETTINGS_EVENTS,
  commands: settings.SETTINGS_COMMANDS,
  refusals: settings.SETTINGS_REFUSALS,
  initialState: settings.initialState,
  decide: settings.decide,
  evolve: settings.evolve,
});

const noticeAggregate = defineAggregate<
  notice.NoticeState,
  notice.NoticeCommand,
  notice.NoticeEvent
>({
  category: notice.NOTICES,
  stateVersion: 1,
  events: notice.NOTICE_EVENTS,
  commands: notice.NOTICE_COMMANDS,
  refusals: notice.NOTICE_REFUSALS,
  initialState: notice.initialState,
  decide: notice.decide,
  evolve: notice.evolve,
  consults: notice.consults,
  streams: notice.streams,
});

const optInAggregate = defineAggregate<optIn.OptInState, optIn.OptInCommand, OptInEvent>({
  category: optIn.OPT_INS,
  stateVersion: 2,
  events: OPT_IN_EVENTS,
  commands: optIn.OPT_IN_COMMANDS,
  refusals: optIn.OPT_IN_REFUSALS,
  initialState: optIn.initialState,
  decide: optIn.decide,
  evolve: optIn.evolve,
  consults: optIn.consults,
  streams: optIn.streams,
});

export const MESSAGE_AGGREGATES: readonly ModuleAggregate[] = [
  { aggregate: messageAggregate, singular: 'message', list: messageList },
  { aggregate: campaignAggregate, singular: 'campaign', list: campaignList },
  { aggregate: conversationAggregate, singular: 'conversation', list: conversationList },
  { aggregate: templateAggregate, singular: 'template', list: templateList },
  { aggregate: senderAggregate, singular: 'sender', list: senderList },
  { aggregate: suppressionAggregate, singular: 'suppression', list: suppressionList },
  { aggregate: optInAggregate, singular: 'opt-in', list: optInList },
  { aggregate: noticeAggregate, singular: 'notice', list: noticeList },
  {
    aggregate: settingsAggregate,
    singular: 'message settings',
    plural: 'message settings',
    list: settingsList,
  },
];
