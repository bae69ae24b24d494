package org.anban.alert.casework;

/** Why an incident cannot be closed yet. */
public enum CloseNeed {
    TAKE_IT("先接手后才能关闭", "Take it before you close it."),
    REACT_TO_JOINED(
            "接手后又有报警：请再次接手，或记录处置情况",
            "Another alarm joined since you took it: take it again, or record what you do about it."),
    RESPONDER_UNDER_WAY("有人员在途，不能关闭", "A responder is under way: wait until the visit is done or cancelled."),
    CONTACT_VISIT_OR_REASON(
            "未与本人通话：需上门、联系人确认，或填写不上门的理由",
            "Nobody has spoken with the resident: it needs a visit, a contact's word, or a recorded reason for not going.");

    private final String zh;
    private final String en;

    CloseNeed(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }
}
