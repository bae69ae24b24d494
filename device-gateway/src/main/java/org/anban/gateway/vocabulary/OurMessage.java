package org.anban.gateway.vocabulary;

import org.anban.gateway.payload.Channel;

/** A message as the device itself would have sent it on our wire, or a statement of ours about it. */
public record OurMessage(Channel channel, String payload) {}
