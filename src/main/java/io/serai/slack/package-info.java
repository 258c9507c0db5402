/** Slack, both ways: events by webhook or by Socket Mode, messages by the Web API. */
package io.serai.slack;
