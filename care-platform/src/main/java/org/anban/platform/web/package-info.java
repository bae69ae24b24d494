@NullMarked
package org.anban.platform.web;

import org.jspecify.annotations.NullMarked;
