package org.anban.launcher.architecture.wrong.alert.rule;

import java.sql.Connection;

record ImpureRule(Connection connection) {}
