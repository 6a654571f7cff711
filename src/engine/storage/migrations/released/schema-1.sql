-- The state of a workspace as Lockstep 0.1.0 (schema 1) left it when its process was killed: one run is over, one has a batch on its way.
CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
INSERT INTO migrations VALUES (1, 'foundation', 'bdfcc5f8397644413540c2ae4d15c92f8faa3aabf87c21b356a4b3248e2b39ce', 1767603600000);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('plan 22222222-plan policy keep-edits', 'd');
CREATE TABLE owner_lease (
    id INTEGER PRIMARY KEY CHECK (id = 1), process INTEGER NOT NULL, host TEXT NOT NULL,
    taken_at INTEGER NOT NULL, beat_at INTEGER NOT NULL, socket TEXT) STRICT;
CREATE TABLE definition_copies (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, stored_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO definition_copies VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'activation', 'tiers', 'name: Tiers', 1767603600000);
CREATE TABLE data_files (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, path TEXT NOT NULL, sequence INTEGER NOT NULL,
    rows INTEGER NOT NULL, created_at INTEGER NOT NULL, retired_at INTEGER) STRICT, WITHOUT ROWID;
INSERT INTO data_files VALUES ('00000002-0000-7000-8000-000000000000', 'receipts', 'b5db4ff5-ac91-288b-3028-9633b8d0ad72', 'receipts-00000002-0000-7000-8000-000000000000.parquet', 3, 8, 1767603602500, NULL);
INSERT INTO data_files VALUES ('f0', 'links', 'tiers', 'links-f0.parquet', 1, 4, 1767603599000, 1767603600000);
INSERT INTO data_files VALUES ('f1', 'base', 'crm/contacts', 'base-f1.parquet', 1, 8, 1767603600000, NULL);
INSERT INTO data_files VALUES ('f2', 'links', 'tiers', 'links-f2.parquet', 2, 8, 1767603600000, NULL);
CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO sequence VALUES ('data', 3);
INSERT INTO sequence VALUES ('order', 4);
CREATE TABLE read_marks (activation TEXT PRIMARY KEY, read_until TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO read_marks VALUES ('tiers', '2026-01-05T08:55:00.000Z');
CREATE TABLE plans (
    id TEXT PRIMARY KEY, activation TEXT NOT NULL, connection TEXT NOT NULL, object TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'trial', 'revert')), state TEXT NOT NULL,
    plan_hash TEXT NOT NULL, header TEXT NOT NULL, counts TEXT NOT NULL, read_scope TEXT NOT NULL,
    guards TEXT NOT NULL, number INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, opened_at INTEGER,
    folder TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO plans VALUES ('11111111-plan', 'tiers', 'crm', 'contacts', 'ordinary', 'applied', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '{"activation":"tiers","activationName":"Tiers","connection":"crm","destinationName":"Fake","object":"contacts","noun":{"one":"contact","many":"contacts"},"kind":"ordinary","fieldLabels":{"tier":"Tier"},"matchField":"email","definitions":[{"kind":"activation","id":"tiers","hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},{"kind":"product","id":"customers","hash":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}],"schemaHash":"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc","baseSequence":2,"sourceFingerprint":"22-1","sourceColumns":[{"name":"tier","type":"VARCHAR"}],"readScope":{"looked":8,"of":8,"asOf":"2026-01-05T09:00:00.000Z","how":"full"},"segmentName":"All"}', '{}', '{}', '[]', 1, 1767603600000, 9000000000000000, NULL, '11111111-plan');
INSERT INTO plans VALUES ('22222222-plan', 'tiers', 'crm', 'contacts', 'ordinary', 'applying', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '{"activation":"tiers","activationName":"Tiers","connection":"crm","destinationName":"Fake","object":"contacts","noun":{"one":"contact","many":"contacts"},"kind":"ordinary","fieldLabels":{"tier":"Tier"},"matchField":"email","definitions":[{"kind":"activation","id":"tiers","hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},{"kind":"product","id":"customers","hash":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}],"schemaHash":"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc","baseSequence":2,"sourceFingerprint":"22-1","sourceColumns":[{"name":"tier","type":"VARCHAR"}],"readScope":{"looked":8,"of":8,"asOf":"2026-01-05T09:00:00.000Z","how":"full"},"segmentName":"All"}', '{}', '{}', '[]', 2, 1767603600000, 9000000000000000, NULL, '22222222-plan');
CREATE TABLE answers (
    plan TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL, value TEXT, d TEXT, a TEXT,
    reason TEXT, by TEXT NOT NULL, at INTEGER NOT NULL, policy TEXT, expires_at INTEGER,
    PRIMARY KEY (plan, record, field)) STRICT, WITHOUT ROWID;
INSERT INTO answers VALUES ('22222222-plan', 'flight-00', 'tier', 'warehouse', NULL, 's:gold', 's:old', 'They asked', 'Anna', 1767603600000, NULL, NULL);
INSERT INTO answers VALUES ('22222222-plan', 'flight-01', 'tier', 'destination', NULL, 's:gold', 's:old', 'They asked', 'Anna', 1767603600000, NULL, NULL);
CREATE TABLE selections (
    plan TEXT NOT NULL, record TEXT NOT NULL, selected INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, policy TEXT,
    PRIMARY KEY (plan, record)) STRICT, WITHOUT ROWID;
INSERT INTO selections VALUES ('22222222-plan', 'flight-02', 1, 'Anna', 1767603600000, NULL);
CREATE TABLE approvals (
    plan TEXT PRIMARY KEY, plan_hash TEXT NOT NULL, decision_hash TEXT NOT NULL, approved_by TEXT NOT NULL, at INTEGER NOT NULL,
    confirmed_count INTEGER) STRICT, WITHOUT ROWID;
INSERT INTO approvals VALUES ('11111111-plan', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'Anna', 1767603600000, 14);
INSERT INTO approvals VALUES ('22222222-plan', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'Anna', 1767603600000, 14);
CREATE TABLE guard_lifts (
    plan TEXT NOT NULL, guard TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (plan, guard)) STRICT, WITHOUT ROWID;
INSERT INTO guard_lifts VALUES ('22222222-plan', 'updates', 'A new tier', 'Anna', 1767603600000);
CREATE TABLE standing_answers (
    connection TEXT NOT NULL, object TEXT NOT NULL, remote_id TEXT NOT NULL, field TEXT NOT NULL,
    d TEXT, a TEXT, kind TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, run TEXT,
    PRIMARY KEY (connection, object, remote_id, field)) STRICT, WITHOUT ROWID;
INSERT INTO standing_answers VALUES ('crm', 'contacts', 'id-x', 'tier', 's:gold', 's:theirs', 'keep', 'Anna', 1767603600000, NULL);
CREATE TABLE overrides (
    activation TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
    owner TEXT NOT NULL, at INTEGER NOT NULL, expires_at INTEGER,
    PRIMARY KEY (activation, record, field)) STRICT, WITHOUT ROWID;
INSERT INTO overrides VALUES ('tiers', 'x', 'tier', '"silver"', 'Agreed', 'Anna', 1767603600000, 9000000000000);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, plan TEXT NOT NULL UNIQUE, activation TEXT NOT NULL, connection TEXT NOT NULL, object TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, paused INTEGER NOT NULL DEFAULT 0, cancelling INTEGER NOT NULL DEFAULT 0,
    planned INTEGER NOT NULL, next_ordinal INTEGER NOT NULL DEFAULT 0, batches INTEGER NOT NULL DEFAULT 0,
    counts TEXT NOT NULL, started_by TEXT NOT NULL,
    number INTEGER NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER) STRICT, WITHOUT ROWID;
INSERT INTO runs VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', '22222222-plan', 'tiers', 'crm', 'contacts', 'applying', NULL, 0, 0, 14, 39, 0, '{"planned":14,"pending":1,"sent":13,"accepted":0,"delivered":0,"rejected":0,"skipped":0,"quarantined":0,"unknown":0,"verified":0,"overridden":0,"unverifiable":0}', 'Anna', 4, 1767603603000, NULL);
INSERT INTO runs VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', '11111111-plan', 'tiers', 'crm', 'contacts', 'done', NULL, 0, 0, 8, 22, 3, '{"planned":8,"pending":0,"sent":0,"accepted":0,"delivered":8,"rejected":0,"skipped":0,"quarantined":0,"unknown":0,"verified":8,"overridden":0,"unverifiable":0}', 'Anna', 3, 1767603600000, 1767603602500);
CREATE TABLE journal (
    run TEXT NOT NULL, ordinal INTEGER NOT NULL, record TEXT NOT NULL, label TEXT NOT NULL, remote_id TEXT, operation TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, message TEXT, detail TEXT, field TEXT, batch INTEGER, position INTEGER, payload_hash TEXT,
    job TEXT, existed INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, sent_at INTEGER, settled_at INTEGER, verification TEXT,
    PRIMARY KEY (run, ordinal)) STRICT, WITHOUT ROWID;
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 0, 'flight-00', 'Person flight-00', 'id-flight-00', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '3d5f75f0426f77ab63bcc504ebabf54a53a4c6fedcf49974da3df33bea6b143b', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 3, 'flight-01', 'Person flight-01', 'id-flight-01', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '9abeed6d24c3d77b61af1314935b724f3f845ed83b3a68212fb119664d638908', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 6, 'flight-02', 'Person flight-02', 'id-flight-02', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, 'ce00c30c2706ebe6319f9e8bf58f6f20ec924095b1c0f0c4426c775a2b047552', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 9, 'flight-03', 'Person flight-03', NULL, 'create', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, 'a1b6cb18a9a32b35b5622b5e8ed4da13bde588f34940eff629be1ff332652d65', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 12, 'flight-04', 'Person flight-04', 'id-flight-04', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '8833ab6e802dc82b880da6ed36d1a3e71c295b506ef114e49b942226a7cac922', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 15, 'flight-05', 'Person flight-05', 'id-flight-05', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '8a43c6abc8d65f8cacca863e3f4a3ac33f1cbf9ad912370690facb43725a5fb4', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 18, 'flight-06', 'Person flight-06', 'id-flight-06', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '3b7ff69fdd049076d4e8724b93fd2f5ab407ff680a4a825562f941ee33fbbd80', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 21, 'flight-07', 'Person flight-07', NULL, 'create', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '52229fb62b6a97426d19967ab5a5f9ae938ef734cc360a37a7af83fc4ab479b6', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 24, 'flight-08', 'Person flight-08', 'id-flight-08', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '7a49111781b191f985ec0e02ed316a32158810777bd1b846f4b74af356035f70', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 27, 'flight-09', 'Person flight-09', 'id-flight-09', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, 'ebbab9c13ffdd25ded79ac14d68257858e48128519d798101019a0cce554c198', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 30, 'flight-10', 'Person flight-10', 'id-flight-10', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '6747fcfe4de1bfaae1bf1dd2ec02cc16d421bb5a4028d7ac2976a14e6658e40e', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 33, 'flight-11', 'Person flight-11', NULL, 'create', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '5573c6fc1487218a939ac5233623287f265416d1060af20c7f588cdadf8e9bce', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('8bd2188c-0fe1-1d60-e290-3a8b1ba11530', 36, 'flight-12', 'Person flight-12', 'id-flight-12', 'update', 'sent', NULL, NULL, NULL, NULL, NULL, NULL, '215aa1bce4d4d1eb1f082324eead5c907ddbe57e236d47271ce803c5c5b7e56f', NULL, 0, 1, 1767603603000, NULL, NULL);
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 0, 'done-00', 'Person done-00', 'id-done-00', 'update', 'delivered', NULL, NULL, NULL, NULL, 1, NULL, 'a88fbe930dbb1148e195abd7adb5ea8df687729fefbea300ba8a106e0e9614e9', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 3, 'done-01', 'Person done-01', 'id-done-01', 'update', 'delivered', NULL, NULL, NULL, NULL, 1, NULL, '2012de948a8934a1f687c5a83e51f31f80de4e9420a02d5a34e020b168d38326', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 6, 'done-02', 'Person done-02', 'id-done-02', 'update', 'delivered', NULL, NULL, NULL, NULL, 1, NULL, '60e94e5b97f1131a1459f73c6bb416d67d7c174ad8f954c6a4d8a8b77779aaa0', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 9, 'done-03', 'Person done-03', 'made-18', 'create', 'delivered', NULL, NULL, NULL, NULL, 2, NULL, 'efda928fd80e9d4b751eac6c51ac7d6b1d00e45e4a2b4b37a709622742a2f7e6', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 12, 'done-04', 'Person done-04', 'id-done-04', 'update', 'delivered', NULL, NULL, NULL, NULL, 1, NULL, '6af45abc98ee3cec8bbbcedf631460aeb2c90f07a41eafdf1fe0fdc3e1428d4e', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 15, 'done-05', 'Person done-05', 'id-done-05', 'update', 'delivered', NULL, NULL, NULL, NULL, 1, NULL, '4561fb9e8bf238d99cab20cd825102a6faa6ecf98d98eb80d8cc427c9738a578', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 18, 'done-06', 'Person done-06', 'id-done-06', 'update', 'delivered', NULL, NULL, NULL, NULL, 3, NULL, 'feb6650fe67aa97aaf06bc6f9f790218b9568efc3b161a04be226a65a000b4d9', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
INSERT INTO journal VALUES ('b5db4ff5-ac91-288b-3028-9633b8d0ad72', 21, 'done-07', 'Person done-07', 'made-19', 'create', 'delivered', NULL, NULL, NULL, NULL, 2, NULL, 'e6844bf1b3f800fdf6dd09a3a5c3626ee312c085334b450c7b2391b972fcbf89', NULL, 0, 1, 1767603600000, 1767603600500, 'verified');
CREATE TABLE pauses (
    scope TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT) STRICT, WITHOUT ROWID;
INSERT INTO pauses VALUES ('connection:support', 'Anna', 1767603600000, 'They migrate');
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL, subject TEXT,
    data TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO audit VALUES (1, '2026-01-05T09:00:00.000Z', 'plan approved', 'Anna', '11111111-plan', '{"activation":"tiers","willSend":8}', '0000000000000000000000000000000000000000000000000000000000000000', '632b39f2a1e530834faef1c31e94714a2da3e5a600578c58b70edd5251bf97bb');
INSERT INTO audit VALUES (2, '2026-01-05T09:00:00.000Z', 'paused', 'Anna', NULL, '{"reason":"They migrate","scope":"connection:support"}', '632b39f2a1e530834faef1c31e94714a2da3e5a600578c58b70edd5251bf97bb', 'd54c35cc3c718d45717e6254d998304a46fc6190ba4bd5a265813c12608d694d');
INSERT INTO audit VALUES (3, '2026-01-05T09:00:00.000Z', 'run started', 'Anna', 'b5db4ff5-ac91-288b-3028-9633b8d0ad72', '{"activation":"tiers","plan":"11111111-plan","planHash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","planned":8}', 'd54c35cc3c718d45717e6254d998304a46fc6190ba4bd5a265813c12608d694d', '80bec9b27032286d7a54b50129075e1dc78716079eb65362dc3c05fba29b80d5');
INSERT INTO audit VALUES (4, '2026-01-05T09:00:00.500Z', 'batch', 'Lockstep', 'b5db4ff5-ac91-288b-3028-9633b8d0ad72', '{"batch":1,"delivered":5,"outcomes":"7a76bb5899150346469a18292a202a99f72ee02902ba8b8e276dbe0dae782fb8","rows":5}', '80bec9b27032286d7a54b50129075e1dc78716079eb65362dc3c05fba29b80d5', 'f3558e90a87291d5a25e8e126f53594dad06e0f292d48e8fc770457cad42efb5');
INSERT INTO audit VALUES (5, '2026-01-05T09:00:00.500Z', 'batch', 'Lockstep', 'b5db4ff5-ac91-288b-3028-9633b8d0ad72', '{"batch":2,"delivered":2,"outcomes":"31449d75840e1cd15f52666494fb7e103ed2159dd4fd36536552ff6ac352ae68","rows":2}', 'f3558e90a87291d5a25e8e126f53594dad06e0f292d48e8fc770457cad42efb5', 'da388d69bf1f37994fb2b5d21f3d3cb3a7a50257c0823190477743742d021f36');
INSERT INTO audit VALUES (6, '2026-01-05T09:00:00.500Z', 'batch', 'Lockstep', 'b5db4ff5-ac91-288b-3028-9633b8d0ad72', '{"batch":3,"delivered":1,"outcomes":"6401829b17e36295d5a158cb27b65b514fd11298bc32cac8a64bd6a6d0be7472","rows":1}', 'da388d69bf1f37994fb2b5d21f3d3cb3a7a50257c0823190477743742d021f36', '735614b1eb38552ab50ed02bae9061d99f44b205a23c3bd1035fcecec09c642a');
INSERT INTO audit VALUES (7, '2026-01-05T09:00:02.500Z', 'run finished', 'Lockstep', 'b5db4ff5-ac91-288b-3028-9633b8d0ad72', '{"accepted":0,"activation":"tiers","delivered":8,"outcomes":"c4b8903fb68d2bd939b1de518a666d06a26a47338c40b1b87239430a1c999beb","overridden":0,"pending":0,"plan":"11111111-plan","planHash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","planned":8,"quarantined":0,"rejected":0,"sent":0,"skipped":0,"state":"done","unknown":0,"unverifiable":0,"verified":8}', '735614b1eb38552ab50ed02bae9061d99f44b205a23c3bd1035fcecec09c642a', '8581472dcdfd4db13f1f3b5c08364fde97902308b1965b44cac2068d1cd250c1');
INSERT INTO audit VALUES (8, '2026-01-05T09:00:03.000Z', 'plan approved', 'Anna', '22222222-plan', '{"activation":"tiers","willSend":14}', '8581472dcdfd4db13f1f3b5c08364fde97902308b1965b44cac2068d1cd250c1', '96e08c8faf1a87477f806593e0513ce773c9c7ddb02c3b34acee0318d166fb74');
INSERT INTO audit VALUES (9, '2026-01-05T09:00:03.000Z', 'run started', 'Anna', '8bd2188c-0fe1-1d60-e290-3a8b1ba11530', '{"activation":"tiers","plan":"22222222-plan","planHash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","planned":14}', '96e08c8faf1a87477f806593e0513ce773c9c7ddb02c3b34acee0318d166fb74', 'd1f68f45445139006d49ca64230f11ec4192817c86fb274ac650cde9f391940b');
INSERT INTO audit VALUES (10, '2026-01-05T09:00:03.000Z', 'plan stored', 'Anna', '11111111-plan', '{"activation":"tiers","planHash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}', 'd1f68f45445139006d49ca64230f11ec4192817c86fb274ac650cde9f391940b', 'd59af4c65e3a033927f9336fd4e6975dfe0c93fcf6684c5bb936eb77a5d9b1cb');
INSERT INTO audit VALUES (11, '2026-01-05T09:00:03.000Z', 'plan stored', 'Anna', '22222222-plan', '{"activation":"tiers","planHash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}', 'd59af4c65e3a033927f9336fd4e6975dfe0c93fcf6684c5bb936eb77a5d9b1cb', '4972983b61eb86be50e350800dd31070c05d136b02d30cdaef88216f634993af');
INSERT INTO audit VALUES (12, '2026-01-05T09:00:03.000Z', 'guard lifted', 'Anna', '22222222-plan', '{"guard":"updates","reason":"A new tier"}', '4972983b61eb86be50e350800dd31070c05d136b02d30cdaef88216f634993af', '285148583208d59e35d626fa95978aebab9a75a48f365236942f30f677d1779d');
CREATE INDEX data_files_live ON data_files (kind, scope, sequence) WHERE retired_at IS NULL;
CREATE INDEX plans_by_activation ON plans (activation, created_at);
CREATE INDEX runs_open ON runs (state) WHERE state IN ('approved', 'applying', 'verifying');
