package org.anban.gateway.vocabulary;

import org.anban.gateway.payload.Topic;

/** A message as the device itself would have sent it on our wire. */
public record OurMessage(Topic topic, String payload) {}
