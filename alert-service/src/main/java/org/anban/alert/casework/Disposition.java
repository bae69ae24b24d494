package org.anban.alert.casework;

import java.util.Optional;

/** What a person says it was, when closing (domain notes 1.3). */
public enum Disposition {
    REAL_EMERGENCY_120("医疗急救，已呼叫120", "Medical emergency, 120 called"),
    REAL_FIRE("真实火情", "Real fire"),
    FALL_INJURED("跌倒受伤", "Fall with injury"),
    FALL_LIFTED_NO_INJURY("跌倒，已扶起，无伤", "Fall, helped up, no injury"),
    MEDICAL_ADVICE_GIVEN("已给予医疗建议", "Medical advice given"),
    ASSISTANCE_GIVEN("已提供帮助", "Assistance given"),
    SOCIAL_CALL("聊天、陪伴", "Social call"),
    WANDERING_FOUND("走失，已找到", "Wandering, found"),
    MISSING_REPORTED("失踪，已报警", "Missing, reported to the police"),
    ACCIDENTAL("误触", "Pressed by accident"),
    FALSE_SENSOR("设备误报", "False alarm of a sensor"),
    TEST("测试", "Test"),
    INSTALLATION("安装调试", "Installation"),
    EQUIPMENT_FAULT("设备故障", "Equipment fault"),
    NO_CONTACT_VISITED_OK("无应答，上门查看平安", "No contact, visited, well"),
    NO_CONTACT_FORCED_ENTRY("无应答，破门进入", "No contact, entry forced"),
    DECEASED_FOUND("发现已去世", "Found deceased"),
    DUPLICATE("重复报警", "Duplicate"),
    CANCELLED_BY_USER("本人取消", "Cancelled by the wearer");

    private final String zh;
    private final String en;

    Disposition(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    static Optional<Disposition> ofCode(String code) {
        for (Disposition disposition : values()) {
            if (disposition.name().equals(code)) {
                return Optional.of(disposition);
            }
        }
        return Optional.empty();
    }
}
