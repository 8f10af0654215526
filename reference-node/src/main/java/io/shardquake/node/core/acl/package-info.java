/** Who may do what (Redis documentation, "ACL"). */
@NullMarked
package io.shardquake.node.core.acl;

import org.jspecify.annotations.NullMarked;
