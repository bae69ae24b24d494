package org.anban.launcher.architecture.wrong.contracts;

import io.netty.buffer.ByteBuf;

record KnowsNetty(ByteBuf bytes) {}
