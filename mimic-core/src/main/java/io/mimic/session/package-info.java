/** Who a batch belongs to: token, client metadata. */
@NullMarked
package io.mimic.session;

import org.jspecify.annotations.NullMarked;
