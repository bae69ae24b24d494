/** What the topics of a model's senders mean. */
@NullMarked
package org.anban.gateway.topic;

import org.jspecify.annotations.NullMarked;
