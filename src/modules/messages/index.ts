/** Messages: who is written to, about what, and what became of it. The only door of this folder. */
import { defineModule } from '../../core/module.ts';
import { MESSAGE_AGGREGATES } from './aggregates.ts';
import { MESSAGES_POLICIES } from './policies.ts';
import { campaignPages } from './read-models/campaign-pages.ts';

export {
  MESSAGE_EVENTS,
  MESSAGE_FACTS,
  messageAccepted,
  messageAttempted,
  messageBounced,
  messageCancelled,
  messageDelivered,
  messageDropped,
  messageFailed,
  messageGivenUp,
  messageHeld,
  messageOutcomeUnknown,
  messageRead,
  messageRequested,
  messageResendAsked,
  messageSent,
  type MessageEvent,
  type MessageFact,
} from './events.ts';
export {
  CAMPAIGN_EVENTS,
  campaignCancelled,
  campaignPageReleased,
  campaignPaused,
  campaignResumed,
  campaignFrozen,
  campaignStarted,
  type CampaignEvent,
} from './campaigns/events.ts';
export { totalsOf, type CampaignTotals } from './campaigns/progress.ts';
export { CAMPAIGNS, type CampaignState, type KnownCampaign } from './campaigns/state.ts';
export { campaignList, type CampaignRow } from './read-models/campaign-list.ts';
export { campaignPages, countStates, type CampaignPageRow } from './read-models/campaign-pages.ts';
export {
  JUDGED_BY,
  releaseCampaign,
  type CampaignPlace,
  type ReleaseDependencies,
} from './routes-release.ts';
export { messageIdOf, PAGE_RECIPIENTS_MAX, slotOf, type Slot } from './campaigns/slots.ts';
export {
  CONVERSATION_EVENTS,
  conversationOptedIn,
  conversationOptedOut,
  inboundReceived,
  type ConversationEvent,
} from './conversations/events.ts';
export {
  CONVERSATIONS,
  type ConversationState,
  type KnownConversation,
} from './conversations/state.ts';
export { optInAsked, optInConfirmed, type OptInEvent } from './opt-ins/events.ts';
export { OPT_IN_TOKEN_PLACE, OPT_INS, optInIdOf, type OptInState } from './opt-ins/opt-in.ts';
export { createOptInTokens } from './routes-opt-in-token.ts';
export { conversationList, type ConversationRow } from './read-models/conversation-list.ts';
export { optInList, type OptInRow } from './read-models/opt-in-list.ts';
export { USE_VARIABLES } from './notices/occasions.ts';
export { noticeList, type NoticeRow } from './read-models/notice-list.ts';
export { furthest, statusOf, type MessageStatus } from './progress.ts';
export { messageList, type MessageRow } from './read-models/message-list.ts';
export { senderList, type SenderRow } from './read-models/sender-list.ts';
export { suppressionList, type SuppressionRow } from './read-models/suppression-list.ts';
export { templateList, type TemplateRow } from './read-models/template-list.ts';
export {
  conversationIdOf,
  createAddressIds,
  suppressionIdOf,
  type AddressIds,
} from './routes-addresses.ts';
export { messageRoutes } from './routes.ts';
export { countriesOfPhone, isPossiblePhone } from './routes-phones.ts';
export { fillText, textFor, type FilledText } from './rules/fill-template.ts';
export { providerParts, type ProviderParts } from './rules/provider-parts.ts';
export { isInWindow, judgeSend } from './rules/judge-send.ts';
export { isOptOut } from './rules/opt-out.ts';
export type {
  DropReason,
  HoldReason,
  SendFacts,
  TemplateApproval,
  Verdict,
} from './rules/verdict.ts';
export { zonesOfCountries } from './rules/zones.ts';
export { SENDER_EVENTS, type SenderEvent, type SenderTerms } from './senders/events.ts';
export { SENDERS, type KnownSender, type SenderState } from './senders/state.ts';
export type { Channel, FrequencyCap, Purpose, QuietHours, Variables } from './shapes.ts';
export { MESSAGES, type KnownMessage, type MessageState } from './state.ts';
export { SUPPRESSIONS, type SuppressionState } from './suppressions/state.ts';
export { SUPPRESSION_EVENTS, type SuppressionEvent } from './suppressions/events.ts';
export {
  templateReviewed,
  templateSubmitted,
  type TemplateEvent,
  type TemplateText,
  type TemplateVariable,
} from './templates/events.ts';
export {
  approvalIn,
  TEMPLATES,
  versionOf,
  type KnownTemplate,
  type TemplateState,
  type TemplateVersion,
} from './templates/state.ts';

export const messages = defineModule({
  name: 'messages',
  title: 'Messages',
  summary:
    'What is written to people by WhatsApp and e-mail: templates, single messages, campaigns, conversations, and who ' +
    'is not written to.',
  aggregates: MESSAGE_AGGREGATES,
  policies: [...MESSAGES_POLICIES],
  readModels: [campaignPages],
});
