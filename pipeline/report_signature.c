/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_signature.c - a signature in words. See report_signature.h.
 */
#include "report_signature.h"
#include "report_reason.h"
#include "text.h"
#include <string.h>

struct words {
	const char *key, *vi, *en;
};

/* Beginnings of what revisions.c and its neighbours write. */
static const struct words changes[] = {
	{ "signature added", "thêm chữ ký", NULL },
	{ "signed", "đã ký vào ô chữ ký", NULL },
	{ "document time-stamp added", "thêm dấu thời gian tài liệu", NULL },
	{ "empty signature field added", "thêm ô chữ ký trống", NULL },
	{ "validation data added", "thêm dữ liệu kiểm tra chữ ký (DSS)", NULL },
	{ "extensions declared", "khai báo phần mở rộng", NULL },
	{ "version declared", "khai báo phiên bản PDF", NULL },
	{ "metadata changed", "sửa siêu dữ liệu", NULL },
	{ "structure tree changed", "sửa cây cấu trúc", NULL },
	{ "named appearances changed", "sửa hình hiển thị có tên", NULL },
	{ "content changed", "NỘI DUNG TRANG BỊ SỬA", NULL },
	{ "page changed", "trang bị sửa", NULL },
	{ "number of pages changed", "số trang thay đổi", NULL },
	{ "annotation added", "thêm chú thích", NULL },
	{ "annotation changed", "sửa chú thích", NULL },
	{ "annotation removed", "xóa chú thích", NULL },
	{ "form field filled in", "điền ô biểu mẫu", NULL },
	{ "form field made read-only", "khóa ô biểu mẫu", NULL },
	{ "form field added", "thêm ô biểu mẫu", NULL },
	{ "form field removed", "xóa ô biểu mẫu", NULL },
	{ "form field renamed or of another kind", "đổi tên hoặc đổi loại ô biểu mẫu", NULL },
	{ "form field taken off the page", "gỡ ô biểu mẫu khỏi trang", NULL },
	{ "form field changed", "sửa ô biểu mẫu", NULL },
	{ "form filled in", "điền biểu mẫu", NULL },
	{ "form changed", "sửa biểu mẫu", NULL },
	{ "locked form field changed", "sửa ô biểu mẫu đã bị khóa", NULL },
	{ "what a form field shows was changed though its value was not",
	  "hình hiển thị của ô biểu mẫu bị đổi dù giá trị không đổi", NULL },
	{ "a form field that lies on another was written again", "ghi lại ô biểu mẫu nằm chồng lên ô khác",
	  NULL },
	{ "widget added", "thêm ô hiển thị", NULL },
	{ "an entry stands twice, with two values", "một mục được ghi hai lần với hai giá trị", NULL },
	{ "annotations that lie on each other changed places", "các chú thích nằm chồng nhau bị đổi thứ tự", NULL },
	{ "a signature field without a signature shows something", "ô chữ ký chưa ký lại hiển thị nội dung", NULL },
	{ "the appearance of a new signature covers the page", "hình hiển thị của chữ ký mới che kín trang", NULL },
	{ "a document time-stamp shows something", "dấu thời gian tài liệu lại hiển thị nội dung", NULL },
	{ "fields are to be drawn anew that were not filled in", "yêu cầu vẽ lại các ô biểu mẫu không được điền", NULL },
	{ "node of the page tree changed", "sửa nút của cây trang", NULL },
	{ "a signature was put in another place than its field had", "chữ ký bị đặt ra ngoài vị trí ô chữ ký đã chứng nhận", NULL },
	{ "group of form fields changed", "sửa nhóm ô biểu mẫu", NULL },
	{ "an annotation that cannot be read was added", "thêm chú thích không đọc được", NULL },
	{ "a cross-reference names an object twice", "bảng tham chiếu nêu một đối tượng hai lần", NULL },
	{ "a cross-reference names an object that is not there", "bảng tham chiếu nêu đối tượng không có thật", NULL },
	{ "an object stands twice in an object stream", "một đối tượng đứng hai lần trong luồng đối tượng", NULL },
	{ "default resource of the form changed", "sửa tài nguyên mặc định của biểu mẫu", NULL },
	{ "default resources of the form changed", "sửa tài nguyên mặc định của biểu mẫu", NULL },
	{ "signature replaced or removed", "chữ ký bị thay thế hoặc gỡ bỏ", NULL },
	{ "appearance of a signature changed", "hình hiển thị của chữ ký bị sửa", NULL },
	{ "signature field changed", "ô chữ ký bị sửa", NULL },
	{ "signed field changed", "ô chữ ký đã ký bị sửa", NULL },
	{ "the appearance replaced by signing is used elsewhere too",
	  "hình hiển thị bị thay khi ký còn được dùng ở chỗ khác", NULL },
	{ "certification added", "thêm chữ ký chứng nhận", NULL },
	{ "certification changed", "chữ ký chứng nhận bị sửa", NULL },
	{ "encryption changed", "sửa mã hóa", NULL },
	{ "document changed", "tài liệu bị sửa", NULL },
	{ "bytes that belong to no revision stand after the signed ones",
	  "sau phần đã ký có dữ liệu không thuộc phiên bản nào", NULL },
	{ "the file was not continued but given another beginning",
	  "tệp không được ghi nối tiếp mà bị thay bảng tham chiếu gốc", NULL },
	{ "a revision was added though no change is permitted", "thêm phiên bản dù không được phép thay đổi",
	  NULL },
	{ "what stands after the signed bytes is no sound revision of the file",
	  "phần sau nội dung đã ký không phải một phiên bản PDF hợp lệ", NULL },
	{ "the file is too large or too deep to compare its revisions", "tệp quá lớn để so sánh các phiên bản",
	  NULL },
	{ 0 },
};

/* By code; en is the fixed beginning that vi stands for, what follows it stays; en NULL: the whole text. */
static const struct words messages[] = {
	{ "XML_DOCTYPE", "tài liệu XML có DOCTYPE, có thể làm sai nội dung được đọc; văn bản ký không được có",
	  NULL },
	{ "XML_TOO_DEEP", "phần tử XML lồng nhau quá 256 cấp", NULL },
	{ "XML_TOO_MANY_ATTRIBUTES", "một phần tử XML có hơn 1.000 thuộc tính", NULL },
	{ "XML_TOO_BIG", "tài liệu XML lớn hơn 20 MB", NULL },
	{ "XML_TOO_COMPLEX", "tài liệu XML có quá nhiều nút hoặc không gian tên để chuẩn hóa kịp thời", NULL },
	{ "XML_ENCODING", "bảng mã của tài liệu XML không được hỗ trợ", NULL },
	{ "XML_MALFORMED", "tài liệu XML sai cú pháp", NULL },
	{ "XML_TRANSFORM_REFUSED", "phép biến đổi không được chạy (XSLT hoặc không rõ)",
	  "XMLDSig 4.4.3.4: a transform that is not run (XSLT, or unknown)" },
	{ "XML_TRANSFORM_FAILED", "không áp dụng được phép biến đổi",
	  "XMLDSig 4.4.3.4: a transform could not be applied" },
	{ "XML_TOO_MANY_TRANSFORMS", "một tham chiếu có quá 5 phép biến đổi",
	  "a Reference has more than 5 transforms" },
	{ "REFERENCE_DUPLICATE_ID",
	  "định danh mà tham chiếu nêu xuất hiện hai lần trong tài liệu, dấu hiệu tấn công",
	  "XMLDSig 4.4.3.2: the id a Reference names stands twice in the document" },
	{ "REFERENCE_NOT_FOUND", "không có nội dung mà chữ ký tham chiếu đến",
	  "EN 319 102-1: what a Reference names is not there" },
	{ "REFERENCE_UNSUPPORTED", "loại tham chiếu chưa được hỗ trợ",
	  "XMLDSig 4.4.3.1: a Reference whose URI is not followed" },
	{ "REFERENCE_BROKEN", "tham chiếu thiếu giá trị băm", "XMLDSig 4.4.3: a Reference lacks its digest" },
	{ "MEMBER_UNREADABLE", "không đọc được một tệp trong gói", NULL },
	{ "DIGEST_UNKNOWN", "thuật toán băm chưa được hỗ trợ", NULL },
	{ "DIGEST_WRONG", "nội dung đã ký bị thay đổi: giá trị băm không khớp",
	  "XMLDSig 4.4.3.6: a digest does not fit; what was signed has been changed" },
	{ "TOO_MANY_REFERENCES", "chữ ký có quá nhiều tham chiếu (64 trong tài liệu, 4.096 đến tệp trong gói)",
	  NULL },
	{ "SIGNATURE_BROKEN", "cấu trúc chữ ký XML sai (XMLDSig 4)", NULL },
	{ "KEYINFO_SEVERAL_SIGNERS", "chữ ký kèm chứng thư của nhiều người, có thể hiển thị sai người ký",
	  NULL },
	{ "KEYVALUE_OTHER", "KeyValue khác khóa của chứng thư; không dùng đến", NULL },
	{ "SIGNED_ELEMENT", "nội dung được ký là ", "what is signed is " },
	{ "SIGNED_FILES", "chữ ký ký trên các tệp: ", "it is over these files: " },
	{ "SIGNED_BESIDE", "nội dung được ký là tệp đặt cùng chỗ: ", "what is signed is the file beside it: " },
	{ "KEY_WITHOUT_CERTIFICATE", "chữ ký khớp với một khóa công khai trong kho; khóa không nêu tên ai: ",
	  "the signature fits a public key of the trust data, which names nobody: " },
	{ "KEY_WITHOUT_CERTIFICATE", "chữ ký chỉ kèm khóa, không có chứng thư: không biết ai ký", NULL },
	{ "NO_CERTIFICATE", "không có chứng thư của người ký trong tệp và trong kho (--trust); cần: ",
	  "no certificate of the signer is in the file or in the trust data (--trust); wanted is " },
	{ "NO_CERTIFICATE", "không có chứng thư của người ký trong tệp và trong kho", NULL },
	{ "OPENPGP_UNSUPPORTED", "chữ ký bằng khóa OpenPGP, không kiểm tra được ở đây", NULL },
	{ "ALGORITHM_UNKNOWN", "thuật toán ký chưa được hỗ trợ", NULL },
	{ "ALGORITHM_SHARED_KEY", "HMAC không phải chữ ký: ai kiểm tra được thì cũng tạo ra được", NULL },
	{ "ALGORITHM_UNSUPPORTED", "OpenSSL của hệ thống này không tính được thuật toán, nên không kết luận: ",
	  "not computed by the OpenSSL of this system, so neither valid nor broken: " },
	{ "ALGORITHM_UNSUPPORTED", "khóa không đúng loại mà thuật toán ký cần", "the key is of another kind" },
	{ "C14N_UNKNOWN", "không chuẩn hóa được SignedInfo theo cách đã ghi (XMLDSig 4.4.1)", NULL },
	{ "VALUE_BROKEN", "giá trị chữ ký không phải base64 (XMLDSig 4.3)", NULL },
	{ "VALUE_WRONG", "giá trị chữ ký không khớp với nội dung và khóa của người ký (XMLDSig 3.2.2)",
	  "XMLDSig 3.2.2: the signature value does not fit SignedInfo and the signer's key" },
	{ "SIGNED_PROPERTIES_ELSEWHERE",
	  "thuộc tính được ký không phải của chính chữ ký này, dấu hiệu tấn công", NULL },
	{ "SIGNED_PROPERTIES_UNSIGNED", "thuộc tính của chữ ký không được ký (EN 319 132-1 4.4.2)", NULL },
	{ "SIGNED_PROPERTIES_UNTYPED", "tham chiếu đến thuộc tính được ký thiếu Type (EN 319 132-1 4.4.2)",
	  NULL },
	{ "SEVERAL_QUALIFYING_PROPERTIES", "QualifyingProperties xuất hiện nhiều lần (EN 319 132-1 4.3)",
	  NULL },
	{ "QUALIFYING_PROPERTIES_TARGET", "QualifyingProperties ghi đích là chữ ký khác (EN 319 132-1 4.3)",
	  NULL },
	{ "SIGNING_CERTIFICATE_OTHER",
	  "SigningCertificate nêu chứng thư khác với KeyInfo (EN 319 132-1 5.2.2)", NULL },
	{ "SIGNING_CERTIFICATE_ISSUER",
	  "SigningCertificate ghi cơ quan cấp và số sê-ri không khớp (EN 319 132-1 5.2.2)", NULL },
	{ "XADES_C_INCOMPLETE", "danh mục chứng thư thiếu một chứng thư trên đường dẫn (EN 319 132-1 A.1.1): ",
	  "EN 319 132-1 A.1.1: the complete references leave out a certificate of the path: " },
	{ "XADES_C_INCOMPLETE", "danh mục chứng thư nêu ít chứng thư hơn số cơ quan có CRL được dẫn (EN 319 132-1 A.1.1)",
	  "EN 319 132-1 A.1.1: the complete references name fewer certificates than authorities whose CRLs they refer to" },
	{ "XADES_C_INCOMPLETE", "thiếu một trong hai danh mục chứng thư và thu hồi (TS 101 903 7.4)", NULL },
	{ "TIMESTAMP_SUPERSEDED",
	  "một dấu thời gian cũ của gói không khớp, hoặc không phủ mọi tệp; không chứng minh được gì: ",
	  "an older time-stamp of this package does not hold, or not over every file; it counts for nothing: " },
	{ "TIMESTAMP_WRONG", "dấu thời gian không khớp với nội dung mà nó phải phủ", NULL },
	{ "TIMESTAMP_UNREADABLE", "không đọc được dấu thời gian, hoặc thiếu nội dung mà nó phủ", NULL },
	{ "TIMESTAMP_SEVERAL", "một thuộc tính chứa nhiều dấu thời gian (EN 319 132-1 6.3)", NULL },
	{ "ARCHIVE_STAMP_UNREAD", "một dấu thời gian lưu trữ kiểu cũ không kiểm tra được, không được tính", NULL },
	{ "SIGNED_DATA_NOT_FOUND", "không có tệp mà chữ ký này ký", NULL },
	{ "COUNTERSIGNATURE_ELSEWHERE", "chữ ký xác nhận không ký lên chữ ký chứa nó", NULL },
	{ "UNSIGNED_CONTENT", "không phải toàn bộ tài liệu được ký; phần nằm ngoài chữ ký: ",
	  "not all of the document is signed; outside of the signature stands " },
	{ "UNSIGNED_CONTENT", "chỉ thị xml-stylesheet không được ký và có thể làm hiển thị nội dung khác",
	  "not all of the document is signed: an xml-stylesheet instruction can change what is shown" },
	{ "UNSIGNED_CONTENT", "chữ ký lọc bỏ một phần của tệp bên cạnh: ",
	  "a filter of the signature leaves out some of the file beside it: " },
	{ "SIGNS_NOTHING", "chữ ký khớp, nhưng không ký lên nội dung nào", NULL },
	{ "UNSIGNED_OBJECT", "một Object của chữ ký chứa phần không ai ký: ",
	  "an Object of the signature holds what nobody signed: " },
	{ "UNSIGNED_MEMBER",
	  "chữ ký không phủ một tệp trong gói: ", "the signature does not cover a file of the package: " },
	{ "UNSIGNED_MEMBER",
	  "các tệp mà chữ ký nêu còn nguyên vẹn, nhưng chữ ký không nói gì về một tệp khác trong gói (EN 319 162-1 "
	  "4.4): ",
	  "EN 319 162-1 4.4: the files that the signature names are whole, but it says nothing of another one of the "
	  "package: " },
	{ "UNSIGNED_MEMBER", "chữ ký không phủ một tệp trong gói (ODF 1.2-3 5.2): ",
	  "ODF 1.2-3 5.2: the signature does not cover a file of the package: " },
	{ "UNSIGNED_MEMBER", "chữ ký không phủ một phần của tệp (ISO 29500-2 13): ",
	  "ISO 29500-2 13: the signature does not cover a part of the package: " },
	{ "EVIDENCE_RECORD", "gói có hồ sơ bằng chứng (evidence record), ở đây không kiểm tra: ",
	  "an evidence record of the package is not verified here: " },
	{ "EVIDENCE_RECORD_ALONE", "chỉ có hồ sơ bằng chứng bảo đảm cho gói này (EN 319 162-1 4.3.3.2)", NULL },
	{ "UNSIGNED_VIEW", "cách phần mềm hiển thị bài trình chiếu lần cuối không được ký; các trang chiếu thì có", NULL },
	{ "UNSIGNED_CUSTOM_XML", "phần dữ liệu XML riêng không được ký; không có gì hiển thị gắn với nó",
	  NULL },
	{ "CONTENT_TYPE", "loại nội dung khác với khi ký (ISO 29500-2 13.2.4.2): ",
	  "ISO 29500-2 13.2.4.2: another content type than was signed: " },
	{ "CONTENT_TYPES_BROKEN", "không đọc được [Content_Types].xml", NULL },
	{ "MACROS_ONLY", "chữ ký này chỉ ký các macro, không ký nội dung văn bản", NULL },
	{ "CONTAINER_ARCHIVE", "gói nén có lỗi, các phần mềm sẽ không thấy cùng một nội dung (EN 319 162-1 A)",
	  NULL },
	{ "CONTAINER_TRAILING", "sau phần cuối của gói nén còn dữ liệu mà không ai ký", NULL },
	{ "CONTAINER_LOOSE", "độ dài hoặc cờ trong gói nén không khớp nhau; có phần mềm sẽ không mở gói này", NULL },
	{ "CONTAINER_HIDDEN_ENTRY", "gói nén chứa mục ẩn mà danh mục không nêu", NULL },
	{ "ASIC_META_OTHER", "META-INF chứa tệp không ai ký: ", "META-INF holds a file that nobody signed: " },
	{ "ASIC_NO_MIMETYPE", "gói không ghi loại của mình trong \"mimetype\" (EN 319 162-1 A.1)", NULL },
	{ "ASIC_MIMETYPE_PLACE",
	  "\"mimetype\" phải đứng đầu, không nén, không có trường phụ (EN 319 162-1 A.1)", NULL },
	{ "ASIC_MIMETYPE", "\"mimetype\" không ghi đúng loại của gói (EN 319 162-1 A.1)", NULL },
	{ "ASIC_NO_DATA", "gói không chứa tệp dữ liệu nào (EN 319 162-1 4)", NULL },
	{ "ASIC_S_SEVERAL_FILES", "gói ASiC-S chỉ được chứa một tệp dữ liệu (EN 319 162-1 4.3)", NULL },
	{ "ASIC_S_FOLDER", "tệp dữ liệu của gói ASiC-S phải nằm ở gốc (EN 319 162-1 4.3)", NULL },
	{ "MANIFEST_DOUBLE", "nhiều bản kê cùng nêu một chữ ký, mỗi phần mềm có thể dùng một bản (EN 319 162-1 A.4)",
	  NULL },
	{ "MANIFEST_BROKEN", "không đọc được bản kê của gói", NULL },
	{ "MANIFEST_FILE_MISSING", "bản kê nêu tệp không có trong gói, hoặc nêu hai lần: ",
	  "META-INF/manifest.xml names a file that is not there, or twice: " },
	{ "MANIFEST_FILE_UNLISTED", "bản kê không nêu một tệp trong gói: ",
	  "META-INF/manifest.xml does not name a file of the package: " },
	{ "MANIFEST_TYPE", "bản kê và chữ ký ghi loại tệp khác nhau: ",
	  "the manifest and the signature give different media types: " },
	{ "MANIFEST_TYPE", "loại tệp ghi sai dạng: ", "what is written as a media type is none: " },
	{ "OF_AUTHORITY", "đây là chứng thư của cơ quan cấp chứng thư: dùng để ký chứng thư, không ký văn bản", NULL },
	{ "CHAIN_OK", "đường dẫn đến chứng thư gốc ", "path to the trust anchor " },
	{ "NO_CHAIN", "không có đường dẫn đến chứng thư gốc tin cậy; chứng thư cấp bởi: ",
	  "no path to a trust anchor; the issuer is not among the local certificates: " },
	{ "NO_CHAIN", "chưa khai báo chứng thư gốc tin cậy (--trust); chứng thư cấp bởi: ",
	  "no trust anchor was given (--trust), so nothing can be trusted: " },
	{ "REVOCATION_UNKNOWN", "không có CRL hay trả lời OCSP cho ", "no CRL and no OCSP answer for " },
	{ "REVOCATION_STALE", "CRL hoặc OCSP hiện có không phủ đến thời điểm xét, cho ",
	  "only a CRL or OCSP answer that does not reach the time used for " },
	{ "REVOCATION_UNANSWERED", "máy trả lời OCSP không biết chứng thư, và không có CRL, cho ",
	  "the OCSP responder answered that it does not know the certificate, and there is no CRL for " },
	{ "REVOCATION_FUTURE", "CRL hoặc OCSP hiện có đề ngày muộn hơn hôm nay, không dùng được, cho ",
	  "only a CRL or OCSP answer that is dated later than today for " },
	{ "REVOCATION_UNVOUCHED", "chỉ có trả lời OCSP của máy mà chứng thư của chính nó chưa rõ có bị thu hồi không, cho ",
	  "only an OCSP answer by a responder that may be revoked itself, for all that is known, for " },
	{ "REVOCATION_WEAK", "chỉ có CRL hoặc OCSP ký bằng thuật toán băm quá yếu, cho ",
	  "only a CRL or OCSP answer signed with a weak digest for " },
	{ "REVOCATION_FALLEN",
	  "không có bằng chứng CRL hoặc OCSP được lập trước khi chứng thư của cơ quan lập ra nó bị thu hồi, cho ",
	  "only a CRL or OCSP answer that nothing proves to be older than the revocation of the authority that made it "
	  "for " },
	{ "REVOKED", "đã bị thu hồi trước thời điểm xét: ", "revoked before the time used: " },
	{ "CHAIN_BROKEN", "chuỗi chứng thư sai: chữ ký của cơ quan cấp trên một chứng thư không đúng",
	  "RFC 5280 6.1: the certification path fails: certificate signature failure" },
	{ "CHAIN_BROKEN", "chuỗi chứng thư sai: tên nằm ngoài phạm vi mà cơ quan cấp được phép",
	  "RFC 5280 6.1: the certification path fails: permitted subtree violation" },
	{ "CHAIN_BROKEN", "chuỗi chứng thư sai: tên thuộc phạm vi mà cơ quan cấp không được phép",
	  "RFC 5280 6.1: the certification path fails: excluded subtree violation" },
	{ "CHAIN_BROKEN", "chuỗi chứng thư sai: một chứng thư trên chuỗi không phải của cơ quan cấp chứng thư",
	  "RFC 5280 6.1: the certification path fails: invalid CA certificate" },
	{ "CHAIN_BROKEN", "chuỗi chứng thư sai: chuỗi dài hơn mức mà cơ quan cấp cho phép",
	  "RFC 5280 6.1: the certification path fails: path length constraint exceeded" },
	{ "CHAIN_BROKEN", "chuỗi chứng thư sai: ", "RFC 5280 6.1: the certification path fails: " },
	{ "CHAIN_CONSTRAINTS", "chứng thư không được cấp để ký (keyUsage)",
	  "RFC 5280 4.2: the certificate is not for this use: key usage without digitalSignature and nonRepudiation" },
	{ "CHAIN_CONSTRAINTS",
	  "chứng thư chỉ dùng cho máy chủ, mã phần mềm, OCSP hoặc dấu thời gian, không dùng ký văn bản (extendedKeyUsage)",
	  "RFC 5280 4.2: the certificate is not for this use: extended key usage is for servers, code, OCSP or "
	  "time-stamps alone, not for documents" },
	{ "CHAIN_CONSTRAINTS", "không phải chứng thư chỉ dùng để đóng dấu thời gian (RFC 3161 2.3)",
	  "RFC 5280 4.2: the certificate is not for this use: extended key usage is not timeStamping alone and "
	  "critical" },
	{ "CHAIN_CONSTRAINTS", "chứng thư có phần mở rộng bắt buộc mà chương trình này không hiểu",
	  "RFC 5280 4.2: the certificate is not for this use: unhandled critical extension" },
	{ "CHAIN_CONSTRAINTS", "chứng thư không theo chính sách mà cơ quan cấp bắt buộc nêu",
	  "RFC 5280 4.2: the certificate is not for this use: no explicit policy" },
	{ "CHAIN_CONSTRAINTS",
	  "chứng thư không dùng cho mục đích này: ", "RFC 5280 4.2: the certificate is not for this use: " },
	{ "EXPIRED",
	  "ngoài thời hạn hiệu lực tại thời điểm xét, và không có bằng chứng chữ ký có từ khi còn hạn: ",
	  "out of its time at the time used, and nothing proves that the signature was there before: " },
	{ "NOT_YET_VALID", "ghi thời điểm trước khi chứng thư của chính nó có hiệu lực, nên không đáng tin",
	  "it gives a time before its certificate began" },
	{ "NOT_YET_VALID", "chưa có hiệu lực tại thời điểm xét: ", "not valid yet at the time used: " },
	{ "ANCHOR_EXPIRED",
	  "chứng thư gốc ngoài thời hạn tại thời điểm xét, và không có bằng chứng chữ ký có từ trước", NULL },
	{ "REVOCATION_LAPSED",
	  "chỉ có CRL hoặc OCSP mà chứng thư của bên lập ra nó nay đã hết hạn, không có bằng chứng nó có từ trước, cho ",
	  "only a CRL or OCSP answer whose signer's certificate has expired since for " },
	{ "SUSPENDED", "đang bị tạm dừng, có thể được khôi phục: ", "suspended, which can be lifted: " },
	{ "REVOKED_LATER", "bị thu hồi, nhưng sau thời điểm xét: ", "revoked, but after the time used: " },
	{ "WEAK_CHAIN", "thuật toán yếu trong chứng thư của ", "a weak algorithm in the certificate of " },
	{ "SIGNATURE_POLICY", "ký theo một chính sách chữ ký; các quy định riêng của chính sách chưa được xét", NULL },
	{ "WEAK_DIGEST", "thuật toán băm không còn đủ mạnh từ ", "not strong enough since " },
	{ "WEAK_KEY", "khóa không còn đủ mạnh từ ", "not strong enough since " },
	{ "STAMP_WEAK_DIGEST", "thuật toán băm của dấu thời gian không còn đủ mạnh từ ",
	  "not strong enough since " },
	{ "STAMP_WEAK_KEY", "khóa của dấu thời gian không còn đủ mạnh từ ", "not strong enough since " },
	{ "STAMP_WEAK_DIGEST", "thuật toán băm của dấu thời gian không rõ có đủ mạnh: ",
	  "not known to be strong enough: " },
	{ "STAMP_WEAK_KEY", "khóa của dấu thời gian không rõ có đủ mạnh: ", "not known to be strong enough: " },
	{ "WEAK_DIGEST", "thuật toán băm không rõ có đủ mạnh: ", "not known to be strong enough: " },
	{ "WEAK_KEY", "khóa không rõ có đủ mạnh: ", "not known to be strong enough: " },
	{ "CLAIMED_LOCAL_TIME",
	  "giờ ký do phần mềm ghi là giờ Việt Nam nhưng đề là UTC, muộn hơn dấu thời gian 7 giờ; không dùng "
	  "làm căn cứ",
	  NULL },
	{ "CLAIMED_AFTER_STAMP", "giờ ký do người ký ghi muộn hơn dấu thời gian", NULL },
	{ "CHANGES_UNKNOWN", "không so sánh được hết phần ghi sau chữ ký này với nội dung đã ký (ISO 32000-1 12.8.2)", NULL },
	{ "CHANGED_AFTER", "tài liệu bị sửa sau khi ký theo cách không được phép (ISO 32000-1 12.8.2)", NULL },
	{ "BYTERANGE_GAP", "phần chừa lại của /ByteRange không đúng là giá trị chữ ký (ISO 32000-1 12.8.1)",
	  NULL },
	{ "BYTERANGE_START", "phần được ký không bắt đầu từ đầu tệp (ISO 32000-1 12.8.1)", NULL },
	{ "BYTERANGE_MISSING", "/ByteRange không phải bốn số (ISO 32000-1 12.8.1)", NULL },
	{ "BYTERANGE_BEYOND", "/ByteRange chỉ ra ngoài tệp (ISO 32000-1 12.8.1)", NULL },
	{ "BYTERANGE_ORDER", "các phần của /ByteRange chồng nhau hoặc ra ngoài tệp (ISO 32000-1 12.8.1)",
	  NULL },
	{ "REVISION_UNSOUND", "phần được ký không kết thúc ở cuối một phiên bản của tệp", NULL },
	{ "REVISION_WITHOUT", "phiên bản được ký không chứa chữ ký này", NULL },
	{ "CONTENTS_MISSING", "không có giá trị chữ ký trong /Contents (ISO 32000-1 12.8.1)", NULL },
	{ "RAW_RSA", "không giải mã được /Cert hoặc giá trị chữ ký (ISO 32000-1 12.8.3.2)", NULL },
	{ "CONTENTS_TAIL", "/Contents chứa dữ liệu khác sau chữ ký", NULL },
	{ "DICTIONARY", "từ điển chữ ký nằm trong luồng đối tượng hoặc ghi trùng mục (ISO 32000-1 12.8.1)",
	  NULL },
	{ "DICTIONARY_BROKEN", "không đọc được từ điển chữ ký (ISO 32000-1 12.8.1)", NULL },
	{ "SUBFILTER_UNKNOWN",
	  "loại chữ ký chưa được hỗ trợ: ", "the signature is of a kind not known here: " },
	{ "CMS_UNREADABLE", "không giải mã được CMS: ", "RFC 5652: " },
	{ "CMS_SIGNERS", "CMS phải có đúng một người ký", NULL },
	{ "CMS_NO_SIGNER", "CMS không có người ký", NULL },
	{ "CMS_FOREIGN_CONTENT", "chữ ký tách rời lại mang nội dung riêng (RFC 5652 5.2)", NULL },
	{ "CMS_OTHER_BESIDE", "chữ ký mang nội dung riêng, khác với tệp đặt cùng chỗ: ",
	  "the signature carries content of its own, and it is not the file beside it: " },
	{ "CMS_TRAILING", "sau CMS còn dữ liệu không thuộc chữ ký", NULL },
	{ "CMS_NO_CONTENT", "không có nội dung được ký", NULL },
	{ "CMS_ATTRIBUTES", "thuộc tính được ký thiếu content-type hoặc message-digest (RFC 5652 11)", NULL },
	{ "CMS_ATTRIBUTE_TWICE", "một thuộc tính được ký xuất hiện hai lần (RFC 5652 5.3)", NULL },
	{ "CMS_ATTRIBUTE_UNSIGNED", "thuộc tính bắt buộc phải ký lại nằm ngoài phần được ký (RFC 5652 11)",
	  NULL },
	{ "CMS_CONTENT_TYPE", "thuộc tính content-type không khớp loại nội dung (RFC 5652 11.1)", NULL },
	{ "CMS_SIGNING_TIME", "thuộc tính signing-time sai (RFC 5652 11.3)", NULL },
	{ "CMS_NOT_DER", "các thuộc tính được ký không ở dạng DER (RFC 5652 5.4); cần người xem", NULL },
	{ "DIGEST_WRONG", "nội dung đã ký bị thay đổi: giá trị băm không khớp", NULL },
	{ "DIGEST_OID", "digestAlgorithm ghi tên thuật toán ký (RFC 5652 5.3)", NULL },
	{ "VALUE_WRONG", "giá trị chữ ký không khớp với nội dung và khóa của người ký (RFC 5652 5.6)", NULL },
	{ "ALGORITHMS_DISAGREE", "thuật toán băm, thuật toán ký và khóa không khớp nhau (RFC 5652 5.3)", NULL },
	{ "ALGORITHM_UNSUPPORTED", "thuật toán chưa được hỗ trợ: ", "the signature algorithm " },
	{ "ESS_OTHER_CERTIFICATE",
	  "chứng thư trong tệp không phải chứng thư mà người ký đã ghi khi ký (RFC 5035), nên không biết ai ký; trong tệp là: ",
	  "RFC 5035: the signing-certificate attribute names another certificate than the one found: " },
	{ "ESS_BROKEN", "không giải mã được thuộc tính signing-certificate (RFC 5035)", NULL },
	{ "NO_SIGNER_CERTIFICATE", "không có chứng thư của người ký trong tệp và trong kho (--trust); cần: ",
	  "the signer's certificate is neither in the file nor among the local ones; wanted is " },
	{ "NO_SIGNER_CERTIFICATE", "không có chứng thư của người ký trong tệp và trong kho", NULL },
	{ "STAMP_IMPRINT", "dấu thời gian không đóng lên chữ ký này (RFC 3161 2.4.2)", NULL },
	{ "STAMP_INVALID", "chữ ký của dấu thời gian không đúng hoặc thiếu chứng thư", NULL },
	{ "STAMP_ORDER", "các dấu thời gian không theo đúng thứ tự đóng (EN 319 102-1 5.5.4)", NULL },
	{ "STAMP_LATE", "dấu thời gian muộn hơn thời điểm xét", NULL },
	{ "STAMP_BROKEN", "không đọc được dấu thời gian", NULL },
	{ "SIGNERS", "dấu thời gian phải có đúng một người ký (RFC 3161 2.4.2)", NULL },
	{ "NO_ESS", "dấu thời gian không nêu chứng thư của mình (RFC 3161 2.4.2)", NULL },
	{ 0 },
};

const char *report_signature_status(const char *revocation, enum lang lang)
{
	static const struct words statuses[] = { { "good", "chưa bị thu hồi", "not revoked" },
						 { "revoked", "ĐÃ BỊ THU HỒI", "REVOKED" },
						 { "unknown", "chưa rõ", "unknown" },
						 { 0 } };
	for (const struct words *w = statuses; revocation != NULL && w->key != NULL; w++)
		if (strcmp(w->key, revocation) == 0)
			return lang == LANG_VI ? w->vi : w->en;
	return revocation != NULL ? revocation : "";
}

/* "2025-06-20T08:11:02Z" as a clock in Vietnam shows it. */
char *report_signature_time(const void *mem, const char *utc)
{
	time_t at;
	struct tm tm;
	if (utc == NULL || !time_parse(utc, &at))
		return copy_text(mem, "?");
	at += 7 * 3600;
	gmtime_r(&at, &tm);
	return format_text(mem, "%02d:%02d:%02d %02d/%02d/%04d", tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_mday,
			   tm.tm_mon + 1, tm.tm_year + 1900);
}

static void add_signer(struct buffer *b, const struct signature *s, bool vi)
{
	const struct certificate *c = &s->signer;
	buffer_text(b, c->cn != NULL ? c->cn : vi ? "Người chưa rõ danh tính" : "An unknown signer");
	const char *open = " (";
	for (int i = 0; i < c->ou.n; i++) {
		buffer_format(b, "%s%s", open, c->ou.at[i]);
		open = ", ";
	}
	if (c->o != NULL && !text_same(c->o, c->cn)) {
		buffer_format(b, "%s%s", open, c->o);
		open = ", ";
	}
	if (strcmp(open, ", ") == 0)
		buffer_text(b, ")");
}

static void add_time(struct buffer *b, const struct signature *s, bool vi)
{
	void *mine = talloc_new(NULL);
	bool stamped = s->timestamp_time != NULL && text_same(s->timestamp_time, s->best_time);
	bool proven = stamped && s->validated_at != NULL && strcmp(s->validated_at, s->timestamp_time) <= 0;
	bool stamp = text_same(s->format, "DocTimeStamp");
	if (s->best_time == NULL)
		buffer_text(b, vi ? " ký, không rõ lúc nào" : " signed, at an unknown time");
	else
		buffer_format(b, vi ? " %s lúc %s (giờ Việt Nam%s)" : " %s %s (Vietnam time%s)",
			      stamp ? (vi ? "đóng dấu thời gian" : "time-stamped the document at")
			      : vi  ? "ký"
				    : "signed at",
			      report_signature_time(mine, s->best_time),
			      stamp	? ""
			      : proven	? (vi ? ", theo dấu thời gian" : ", by time-stamp")
			      : stamped ? (vi ? ", theo dấu thời gian chưa được chứng thực đầy đủ"
					      : ", by a time-stamp that is not fully proven")
			      : vi	? ", theo đồng hồ máy người ký"
					: ", as the signer claims");
	talloc_free(mine);
}

static void add_verdict(struct buffer *b, const struct signature *s, enum lang lang)
{
	bool vi = lang == LANG_VI, whole = s->intact == YES && s->valid == YES;
	if (s->indication == TOTAL_PASSED)
		buffer_text(b, vi ? ": chữ ký hợp lệ" : ": the signature is valid");
	else if (s->indication == TOTAL_FAILED)
		buffer_format(b, vi ? ": chữ ký KHÔNG hợp lệ, %s" : ": the signature is NOT valid, %s",
			      report_reason(s, lang));
	else if (whole)
		buffer_format(b,
			      vi ? ": nội dung còn nguyên như lúc ký, nhưng chưa kết luận được: %s"
				 : ": the content is as it was signed, but there is no conclusion: %s",
			      report_reason(s, lang));
	else
		buffer_format(b, vi ? ": chưa kết luận được, %s" : ": no conclusion, %s", report_reason(s, lang));
}

/* Of what was changed inside, it means nothing what came after. */
static void add_coverage(struct buffer *b, const struct signature *s, bool vi)
{
	if (s->intact == NO && s->coverage != COVERS_PART)
		return;
	if (s->coverage == COVERS_WHOLE_FILE)
		buffer_text(b, vi ? "; chữ ký phủ toàn bộ tệp" : "; it covers the whole file");
	else if (s->coverage == COVERS_PART)
		buffer_text(b, vi ? "; chữ ký CHỈ phủ một phần tệp" : "; it covers ONLY a part of the file");
	else if (s->revisions > 0)
		buffer_format(b,
			      vi ? "; chữ ký phủ toàn bộ tệp như lúc ký (bản %d trong %d)"
				 : "; it covers the whole file as it was then (revision %d of %d)",
			      s->revision, s->revisions);
	else
		buffer_text(b, vi ? "; chữ ký phủ toàn bộ tệp như lúc ký"
				  : "; it covers the whole file as it was then");
	static const char *const after_vi[] = { "", "; sau đó chỉ có thay đổi được phép",
						"; SAU ĐÓ TÀI LIỆU BỊ SỬA KHÔNG ĐƯỢC PHÉP",
						"; chưa rõ sau đó có thay đổi gì" };
	static const char *const after_en[] = { "", "; only permitted changes followed",
						"; THE DOCUMENT WAS CHANGED AFTERWARDS, not permitted",
						"; whether anything changed afterwards is not known" };
	buffer_text(b, (vi ? after_vi : after_en)[s->changes_after]);
}

char *report_signature_sentence(const void *mem, const struct signature *s, enum lang lang)
{
	struct buffer b = { .mem = mem };
	add_signer(&b, s, lang == LANG_VI);
	add_time(&b, s, lang == LANG_VI);
	add_verdict(&b, s, lang);
	add_coverage(&b, s, lang == LANG_VI);
	buffer_text(&b, ".");
	return b.text;
}

char *report_signature_change(const void *mem, const char *change, enum lang lang)
{
	int page = 0, taken = 0;
	if (lang != LANG_VI)
		return copy_text(mem, change);
	const char *rest = change;
	if (sscanf(change, "page %d: %n", &page, &taken) == 1 && taken > 0)
		rest += taken;
	const struct words *best = NULL;
	for (const struct words *w = changes; w->key != NULL; w++)
		if (text_starts(rest, w->key) && (best == NULL || strlen(w->key) > strlen(best->key)))
			best = w;
	if (best == NULL)
		return copy_text(mem, change);
	rest += strlen(best->key);
	const char *object = strstr(rest, " (object ");
	int len = object != NULL ? (int)(object - rest) : (int)strlen(rest);
	char *where = page > 0 ? format_text(mem, "trang %d: ", page) : copy_text(mem, "");
	if (object == NULL)
		return format_text(mem, "%s%s%.*s", where, best->vi, len, rest);
	return format_text(mem, "%s%s%.*s (đối tượng %s", where, best->vi, len, rest,
			   object + strlen(" (object "));
}

/* 2025-07-05 as it is written in Vietnam. */
static char *vn_dates(const void *mem, const char *text)
{
	struct buffer b = { .mem = mem };
	for (const char *p = text; *p != 0;) {
		int y, m, d, taken = 0;
		bool begins = p == text || strchr(" (", p[-1]) != NULL;
		if (begins && sscanf(p, "%4d-%2d-%2d%n", &y, &m, &d, &taken) == 3 && taken == 10 &&
		    strchr(" ,:;)", p[10]) != NULL) {
			buffer_format(&b, "%02d/%02d/%04d", d, m, y);
			p += 10;
		} else
			buffer_add(&b, p++, 1);
	}
	return b.text != NULL ? b.text : copy_text(mem, "");
}

char *report_signature_message(const void *mem, const struct message *m, enum lang lang)
{
	static const char authority[] = "time-stamp authority: ";
	const char *code = m->code != NULL ? m->code : "", *text = m->text != NULL ? m->text : "";
	if (lang != LANG_VI)
		return copy_text(mem, text);
	bool stamp = text_starts(code, "TSA_");
	if (stamp) {
		code += 4;
		text += text_starts(text, authority) ? sizeof authority - 1 : 0;
	}
	for (const struct words *w = messages; w->key != NULL; w++)
		if (strcmp(w->key, code) == 0 && (w->en == NULL || text_starts(text, w->en)))
			return format_text(mem, "%s%s%s", stamp ? "dấu thời gian: " : "", w->vi,
					   w->en != NULL ? vn_dates(mem, text + strlen(w->en)) : "");
	return copy_text(mem, m->text);
}
