@NullMarked
package org.anban.kit.database;

import org.jspecify.annotations.NullMarked;
