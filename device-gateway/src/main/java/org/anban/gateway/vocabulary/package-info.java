/** What vendors' names mean, and messages of ours made of theirs. */
@NullMarked
package org.anban.gateway.vocabulary;

import org.jspecify.annotations.NullMarked;
