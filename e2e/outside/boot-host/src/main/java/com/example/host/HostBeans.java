package com.example.host;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the host is made of, to be compared with MIMIC among its jars and without. */
@RestController
class HostBeans {
    private final ListableBeanFactory beans;

    HostBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @GetMapping("/open/beans")
    List<String> beans() {
        return Arrays.stream(beans.getBeanDefinitionNames()).sorted().toList();
    }

    @GetMapping("/open/made-of")
    Map<String, Object> madeOf() {
        Map<String, Object> all = new TreeMap<>();
        for (String name : beans.getBeanNamesForType(DataSource.class)) {
            all.put("data source " + name, describe(beans.getBean(name, DataSource.class)));
        }
        for (String name : beans.getBeanNamesForType(SecurityFilterChain.class)) {
            all.put("chain " + name, filters(beans.getBean(name, SecurityFilterChain.class)));
        }
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name);
            if (type != null && type.getName().matches("(tools|com\\.fasterxml)\\.jackson\\..*Mapper")) {
                all.put("mapper " + name, type.getName());
            }
        }
        return all;
    }

    private static String describe(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return source.getClass().getName() + " of " + connection.getMetaData().getURL();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> filters(SecurityFilterChain chain) {
        List<String> names = new ArrayList<>();
        chain.getFilters().forEach(filter -> names.add(filter.getClass().getName()));
        return names;
    }
}
