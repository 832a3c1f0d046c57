/** The channels by which people are told something: mail, webhooks, group bots, SMS gateways. */
@NullMarked
package org.rollcall.collector.channels;

import org.jspecify.annotations.NullMarked;
