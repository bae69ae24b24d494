package org.anban.launcher.architecture.wrong.platform;

import java.sql.Connection;

record SqlRoutes(Connection connection) {}
