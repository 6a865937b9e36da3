//! Every rule of the body, in the words of the API.

use serde_json::{Value, json};

use crate::support::{Bench, TERMS, small};

/// The smallest body with fields replaced or added.
fn with(fields: Value) -> Value {
    let mut body = small();
    body.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    body
}

fn credential(fields: Value) -> Value {
    let mut credential = json!({"type": "JSON", "name": "N"});
    credential
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    with(json!({"credentials": [credential]}))
}

fn placement(fields: Value) -> Value {
    let mut placement = json!({"contact": "ana@example.pt", "type": "DATE", "x": 1, "y": 1,
                               "width": 1, "height": 1, "pageIndex": 0});
    placement
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    credential(json!({"type": "DOCUMENT", "data": "JVBERg==", "placements": [placement]}))
}

#[tokio::test]
async fn each_fault_is_named_with_its_path() {
    let bench = Bench::start().await;
    let action = json!({"id": "urn:via:action:1", "userParams": {}});
    let cases = [
        (json!([]), "body must be an object"),
        (
            json!({"resourcesIds": [TERMS]}),
            "contacts should not be empty",
        ),
        (
            with(json!({"contacts": []})),
            "contacts should not be empty",
        ),
        (
            with(json!({"contacts": "a@b.pt"})),
            "contacts must be an array",
        ),
        (
            with(json!({"contacts": ["a@b.pt", 5]})),
            "contacts.1 must be a string",
        ),
        (
            with(json!({"contacts": ["ana"]})),
            "contacts.0 must be an email or a phone number",
        ),
        (
            with(json!({"contacts": ["Ana <a@b.pt>"]})),
            "contacts.0 must be an email or a phone number",
        ),
        (
            with(json!({"contacts": ["912345678"]})),
            "contacts.0 must be an email or a phone number",
        ),
        (
            with(json!({"contacts": ["+12"]})),
            "contacts.0 must be an email or a phone number",
        ),
        (
            with(json!({"contacts": ["+1234567890123456"]})),
            "contacts.0 must be an email or a phone number",
        ),
        (with(json!({"foo": 1})), "property foo should not exist"),
        (with(json!({"name": null})), "name must be a string"),
        (
            with(json!({"securityLevel": "contact"})),
            "securityLevel must be one of the following \
          values: CONTACT, ORGANIZATION_KYC, HUMANOS_KYC, HUMANOS_REVALIDATION",
        ),
        (
            json!({"contacts": ["a@b.pt"]}),
            "resourcesIds should not be empty when groupIds and credentials are empty",
        ),
        (
            json!({"contacts": ["a@b.pt"], "groupIds": [], "resourcesIds": [], "credentials": []}),
            "resourcesIds should not be empty when groupIds and credentials are empty",
        ),
        (
            with(json!({"resourcesIds": [TERMS, "1234567890"]})),
            "resourcesIds.1 must be a mongodb id",
        ),
        (
            with(json!({"groupIds": ["z07f1f77bcf86cd799439011"]})),
            "groupIds.0 must be a mongodb id",
        ),
        (
            with(json!({"resourcesIds": ["507f1f77bcf86cd799439016"]})),
            "resourcesIds.0 Resource 507f1f77bcf86cd799439016 is not active",
        ),
        (
            with(json!({"redirectUrl": "nowhere"})),
            "redirectUrl must be a URL address",
        ),
        (
            with(json!({"pubKey": "AAAA"})),
            "pubKey must be a base64-encoded P-256 SPKI public key",
        ),
        (
            with(json!({"authorizedDIDs": [1]})),
            "authorizedDIDs.0 must be a string",
        ),
        (
            with(json!({"expectedDocIds": [{"contact": "eva@example.pt", "docId": "1"}]})),
            "expectedDocIds.0.contact must be one of the contacts of the request",
        ),
        (
            with(json!({"expectedDocIds": [{"contact": "ana@example.pt"}]})),
            "expectedDocIds.0.docId should not be empty",
        ),
        (
            with(json!({"expectedDocIds": [5]})),
            "expectedDocIds.0 must be an object or a string",
        ),
        (
            with(json!({"credentials": [5]})),
            "credentials.0 must be an object",
        ),
        (
            credential(json!({"name": 5})),
            "credentials.0.name must be a string",
        ),
        (
            with(json!({"credentials": [{"type": "JSON"}]})),
            "credentials.0.name should not be empty",
        ),
        (
            credential(json!({"bar": 1})),
            "credentials.0.property bar should not exist",
        ),
        (
            credential(json!({"type": "FORM"})),
            "credentials.0.type must be one of the following \
          values: DOCUMENT, CONSENT, JSON, POLICY",
        ),
        (
            credential(json!({"validFrom": "2026-07-01"})),
            "credentials.0.validFrom must be a valid ISO 8601 date string",
        ),
        (
            credential(json!({"validFrom": "2026-07-01T00:00:00Z",
                           "validUntil": "2026-07-01T01:00:00+01:00"})),
            "credentials.0.validUntil must be after validFrom",
        ),
        (
            credential(json!({"type": "DOCUMENT", "data": {"a": 1}})),
            "credentials.0.data must be a string or an array",
        ),
        (
            credential(json!({"type": "DOCUMENT", "data": "not base64"})),
            "credentials.0.data must be base64 encoded",
        ),
        (
            credential(json!({"type": "DOCUMENT", "data": ["JVBERg==", "%"]})),
            "credentials.0.data.1 must be base64 encoded",
        ),
        (
            credential(json!({"type": "DOCUMENT", "data": []})),
            "credentials.0.data should not be empty",
        ),
        (
            credential(json!({"type": "CONSENT", "data": {"url": "u"}})),
            "credentials.0.data.text should not be empty",
        ),
        (
            credential(json!({"type": "CONSENT", "data": [{"text": "t"}, {"text": 1}]})),
            "credentials.0.data.1.text must be a string",
        ),
        (
            credential(json!({"type": "CONSENT", "data": {"text": "t", "html": ""}})),
            "credentials.0.data.property html should not exist",
        ),
        (
            credential(json!({"type": "POLICY"})),
            "credentials.0.action should not be empty",
        ),
        (
            credential(json!({"type": "POLICY", "action": action, "data": 1})),
            "credentials.0.property data should not exist",
        ),
        (
            credential(json!({"type": "POLICY", "action": {"id": "x"}})),
            "credentials.0.action.userParams should not be empty",
        ),
        (
            credential(json!({"placements": [{}]})),
            "credentials.0.placements are for DOCUMENT credentials only",
        ),
        (
            placement(json!({"contact": "eva@example.pt"})),
            "credentials.0.placements.0.contact must be one of the contacts of the request",
        ),
        (
            placement(json!({"x": -0.5})),
            "credentials.0.placements.0.x must not be less than 0",
        ),
        (
            placement(json!({"y": 100.5})),
            "credentials.0.placements.0.y must not be greater than 100",
        ),
        (
            placement(json!({"pageIndex": 1.5})),
            "credentials.0.placements.0.pageIndex must be an integer number",
        ),
        (
            with(json!({"resourcesIds": vec![TERMS; 10_000]})),
            "resourcesIds must contain no more than 10000 elements",
        ),
    ];
    for (body, message) in cases {
        let reply = bench.post(&body).await;
        let messages = reply.messages();
        assert_eq!(reply.status, 400, "{message}: {messages:?}");
        assert!(
            messages.iter().any(|one| one == message),
            "{message}: {messages:?}"
        );
        assert!(reply.json()["message"].is_array());
    }
    assert_eq!(bench.count().await, 0);
}

#[tokio::test]
async fn faults_come_together_and_bounded() {
    let bench = Bench::start().await;
    let body = json!({"contacts": ["x"], "securityLevel": "LOW", "extra": true});
    let messages = bench.post(&body).await.messages();
    assert_eq!(messages.len(), 4, "{messages:?}");
    let many = bench
        .post(&with(json!({"contacts": vec![5; 5_000]})))
        .await
        .messages();
    assert_eq!(many.len(), 100);
    let unknown: serde_json::Map<_, _> = (0..500).map(|n| (format!("p{n}"), json!(n))).collect();
    assert_eq!(
        bench.post(&Value::Object(unknown)).await.messages().len(),
        100
    );
}

#[tokio::test]
async fn values_are_never_repeated() {
    let bench = Bench::start().await;
    let body = json!({"contacts": ["canary-77"], "securityLevel": "canary-77", "name": ["canary-77"],
                      "pubKey": "canary-77", "credentials": [{"data": "canary-77"}]});
    let reply = bench.post(&body).await;
    assert_eq!(reply.status, 400);
    assert!(!reply.text.contains("canary"), "{}", reply.text);
}

#[tokio::test]
async fn borderline_bodies_pass() {
    let bench = Bench::start().await;
    for body in [
        placement(json!({"x": 0, "y": 100, "identityType": "FULL_NAME"})),
        credential(json!({"type": "DOCUMENT", "data": ["JVBERg=="]})),
        credential(json!({"type": "CONSENT", "data": [{"text": "a"}]})),
        credential(json!({"data": {"deep": [[[]]]}})),
        with(json!({"expectedDocIds": ["12345678"]})),
        with(json!({"contacts": ["+1234567890", "a.b+c@sub.example.museum"]})),
        with(json!({"redirectUrl": "http://localhost:1/x"})),
        with(json!({"resourcesIds": [], "groupIds": ["507F1F77BCF86CD799439011"]})),
    ] {
        bench.create(&body).await;
    }
}
